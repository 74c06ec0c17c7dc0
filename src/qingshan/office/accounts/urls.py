"""Where do the pages of organisations, people and logins stand?"""

from django.urls import path

from qingshan.office.accounts.pages import account, bodies, lists, login, organisations, people, regions

app_name = "accounts"

urlpatterns = [
    path("login/", login.log_in, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("account/", account.account, name="account"),
    path("account/post/", account.switch_post, name="switch_post"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/code/", account.enrol_code, name="enrol_code"),
    path("account/code/remove/", account.remove_code, name="remove_code"),
    path("lists/<slug:list_code>/columns/", lists.choose_columns, name="choose_columns"),
    path("lists/<slug:list_code>/saved/", lists.save_filter, name="save_filter"),
    path("lists/saved/<int:pk>/forget/", lists.forget_filter, name="forget_filter"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/posts/", people.posts, name="posts"),
    path("people/posts/new/", people.new_post, name="new_post"),
    path("people/posts/<int:pk>/close/", people.close_post, name="close_post"),
    path("people/holdings/<int:pk>/end/", people.end_holding, name="end_holding"),
    path("people/holdings/<int:pk>/delegate/", people.delegate, name="delegate"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/login/", people.give_login, name="give_login"),
    path("people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/lock/", people.lock, name="lock"),
    path("people/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("people/<int:pk>/code/", people.withdraw_code, name="withdraw_code"),
    path("people/<int:pk>/post/", people.hand_post, name="hand_post"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new_organisation, name="new_organisation"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/rename/", organisations.rename, name="rename_organisation"),
    path("organisations/<int:pk>/close/", organisations.close, name="close_organisation"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.convene, name="convene"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/dissolve/", bodies.dissolve, name="dissolve"),
    path("regions/", regions.regions, name="regions"),
    path("regions/new/", regions.new_region, name="new_region"),
    path("regions/<int:pk>/", regions.region, name="region"),
    path("regions/<int:pk>/close/", regions.close_region, name="close_region"),
]
