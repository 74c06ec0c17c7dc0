"""机构与人员: organisations, divisions, temporary bodies, posts, people, scope."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qingshan.office.accounts"
    label = "accounts"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from qingshan.office.accounts import access, models
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.subjects import declare_subject

        declare_acts(*access.ACTS)
        declare_subject("accounts.organisation", models.Organisation)
        declare_subject("accounts.post", models.Post)
        declare_subject("accounts.holding", models.Holding)
        declare_subject("accounts.assignment", models.Assignment)
        declare_subject("accounts.temporary_body", models.TemporaryBody)
        declare_subject("accounts.temporary_member", models.TemporaryMember)
        # both change by merely using the program, outside any act
        declare_subject("accounts.person", models.Person, without=("last_login", "language"))
