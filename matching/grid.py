"""Where somebody roughly is. The exact point never leaves the row; everything that filters, sorts or shows uses the
middle of a cell (MAT-5).

The cell follows from the point alone: asking again, from anywhere and however often, gives the same cell, so many
questions tell no more than one. A cell is at least 1 km high and wide, whatever the latitude.
"""

import math

from fitfoodie.common.geo import KM_PER_DEGREE, Point

CELL_KM = 1.5
_ROWS_PER_DEGREE = math.floor(KM_PER_DEGREE / CELL_KM)  # a whole number, so that cells meet at every degree


def cell_of(point: Point) -> Point:
    """The middle of the cell that holds the point. Cells of one row are equally wide; toward the poles fewer fit."""
    row = min(math.floor((point.latitude + 90) * _ROWS_PER_DEGREE), 180 * _ROWS_PER_DEGREE - 1)
    latitude = (row + 0.5) / _ROWS_PER_DEGREE - 90
    columns = _columns(row)
    column = math.floor((point.longitude + 180) / 360 * columns) % columns
    return Point(latitude, (column + 0.5) / columns * 360 - 180)


def _columns(row: int) -> int:
    """As many as fit at the edge of the row that is nearer to its pole, where the row is narrowest."""
    edge = max(abs(row / _ROWS_PER_DEGREE - 90), abs((row + 1) / _ROWS_PER_DEGREE - 90))
    around = 2 * math.pi * math.cos(math.radians(min(edge, 90))) * KM_PER_DEGREE * 180 / math.pi
    return max(math.floor(around / CELL_KM), 1)
