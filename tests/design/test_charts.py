import re

import pytest

from fitfoodie.common.templatetags import charts


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (-3, 1), (7, 10), (20, 20), (21, 25), (2380, 2500), (0.3, 0.5)])
def test_top_of_scale_is_round(highest, top):
    assert charts.top_of_scale(highest) == pytest.approx(top)


@pytest.mark.parametrize("value", [None, "", "x", float("nan"), float("inf")])
def test_read_points_what_is_no_number_is_unknown(value):
    assert charts.read_points([("Mon", value)]) == [charts.Point("Mon", None)]


def test_bar_chart_heights_are_proportional():
    html = charts.bar_chart([("a", 50), ("b", 100), {"label": "c", "value": 0, "kind": "warm"}])
    heights = [float(h) for h in re.findall(r'<rect class="bar [^"]*" [^>]*height="([\d.]+)"', html)]
    assert heights == [74, 148, 0]
    assert 'class="bar warm"' in html


def test_bar_chart_goal_line_may_be_above_all_bars():
    html = charts.bar_chart([("a", 50)], goal=100, unit="kcal")
    assert f'class="goal" x1="8" y1="{charts.TOP}"' in html
    assert "goal 100 kcal" in html


@pytest.mark.parametrize("points", [[], [("a", None)]])
def test_charts_without_figures_say_so(points):
    for draw in (charts.bar_chart, charts.line_chart):
        assert 'aria-label="Sleep: no figures yet"' in draw(points, title="Sleep")


def test_line_chart_leaves_a_gap_for_the_unknown():
    html = charts.line_chart([("a", 1), ("b", 2), ("c", None), ("d", 2), ("e", 3), ("f", None), ("g", 4)])
    assert html.count("<polyline") == 2
    assert html.count('<circle class="point"') == 3  # the lone last value, and the two ends written out


def test_line_chart_narrow_range_is_magnified_and_flat_or_single_is_not():
    assert charts._range([72.0, 74.0]) == (71.5, 74.1)
    assert charts._range([5.0, 5.0]) == (0.0, 5.0)
    assert charts._range([-5.0, 5.0]) == (-5.0, 5)
    assert "<circle" in charts.line_chart([("only", 3)])


def test_labels_thin_out_for_many_points():
    html = charts.bar_chart([(str(day), day) for day in range(31)])
    assert html.count('text-anchor="middle">') - html.count('class="value"') == 7


def test_labels_are_escaped():
    assert "<script>" not in charts.bar_chart([("<script>", 1)], title="<script>", unit="<script>", goal=1)
    assert "<script>" not in charts.chart_table([("<script>", 1)], title="<script>")
