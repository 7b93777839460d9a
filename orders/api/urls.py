from django.urls import URLPattern, URLResolver, path

from orders.api.views import affiliate_links, cart, cart_codes, earnings, kitchens, money, orders, promo_codes

urlpatterns: list[URLPattern | URLResolver] = [
    path("cart", cart.CartView.as_view(), name="cart"),
    path("cart/items", cart.CartItemsView.as_view(), name="cart-items"),
    path("cart/items/<str:item_id>", cart.CartItemView.as_view(), name="cart-item"),
    path("cart/promo-codes", cart_codes.CartCodesView.as_view(), name="cart-codes"),
    path("cart/promo-codes/<str:code>", cart_codes.CartCodeView.as_view(), name="cart-code"),
    path("orders", orders.OrderListView.as_view(), name="orders"),
    path("orders/<str:number>", orders.OrderView.as_view(), name="order"),
    path("orders/<str:number>/cancel", orders.OrderCancelView.as_view(), name="order-cancel"),
    path("orders/<str:number>/transition", orders.OrderTransitionView.as_view(), name="order-transition"),
    path("orders/<str:number>/reorder", orders.OrderReorderView.as_view(), name="order-reorder"),
    path("orders/<str:number>/pay", money.OrderPayView.as_view(), name="order-pay"),
    path("orders/<str:number>/refunds", money.OrderRefundsView.as_view(), name="order-refunds"),
    path("orders/<str:number>/invoice", money.OrderInvoiceView.as_view(), name="order-invoice"),
    path("kitchens/<str:kitchen_id>/slots", kitchens.KitchenSlotsView.as_view(), name="kitchen-slots"),
    path("kitchens/<str:kitchen_id>/orders", kitchens.KitchenOrdersView.as_view(), name="kitchen-orders"),
    path("affiliate-links", affiliate_links.AffiliateLinkListView.as_view(), name="affiliate-links"),
    path("affiliate-links/<slug:code>", affiliate_links.AffiliateLinkView.as_view(), name="affiliate-link"),
    path("affiliate-links/<slug:code>/qr", affiliate_links.AffiliateLinkQrView.as_view(), name="affiliate-link-qr"),
    path("commissions", earnings.CommissionListView.as_view(), name="commissions"),
    path("payouts", earnings.PayoutListView.as_view(), name="payouts"),
    path("payouts/<slug:payout_id>", earnings.PayoutView.as_view(), name="payout"),
    path("promo-codes", promo_codes.PromoCodeListView.as_view(), name="promo-codes"),
    path("promo-codes/<str:code>", promo_codes.PromoCodeView.as_view(), name="promo-code"),
    path("promo-codes/<str:code>/uses", promo_codes.PromoCodeUsesView.as_view(), name="promo-code-uses"),
]
