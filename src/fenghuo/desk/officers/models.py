"""Units, officers, the addresses messages reach them at, and their API tokens."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.access import Role

ROLE_LABELS = {
    Role.DUTY: _("duty officer"),
    Role.LEADER: _("leader on shift"),
    Role.CONTACT: _("contact"),
    Role.INSPECTOR: _("inspector"),
    Role.RESPONSIBLE: _("person responsible"),
    Role.CLERK: _("office clerk"),
    Role.COUNTY: _("county desk"),
    Role.PROGRAM: _("the program"),
    Role.PUBLIC: _("public"),
}
ROLES = [(role.value, ROLE_LABELS[role]) for role in Role if role not in (Role.PROGRAM, Role.PUBLIC)]


def _named(record) -> str:
    return record.name_en if record.name_en and get_language() == "en" else record.name


class Unit(models.Model):
    """A village committee, enterprise, school or department 单位."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("village committee")
        ENTERPRISE = "enterprise", _("enterprise")
        SCHOOL = "school", _("school")
        DEPARTMENT = "department", _("department")
        FOREST = "forest", _("forest station")

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, related_name="units", verbose_name=_("area")
    )

    class Meta:
        ordering = ["area__code", "name"]

    def __str__(self) -> str:
        return _named(self)


class OfficerManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """Somebody with an office: an account, a role, an area, and how to reach them."""

    username = models.CharField(_("user name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, related_name="officers", verbose_name=_("area")
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="officers", verbose_name=_("unit")
    )
    rung = models.PositiveSmallIntegerField(
        _("order in which the unit's contacts are called"),
        default=1,
        help_text=_("1 is warned first; 2 is the next when 1 does not answer."),
    )
    phone = models.CharField(_("office telephone"), max_length=30, blank=True)
    language = models.CharField(_("language of messages"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)

    USERNAME_FIELD = "username"
    objects = OfficerManager()

    class Meta:
        ordering = ["unit__area__code", "unit_id", "rung", "username"]

    def __str__(self) -> str:
        return _named(self)

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[Role(self.role)])


class Address(models.Model):
    """Where one channel finds an officer: a mailbox, a webhook's URL and its secret."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="addresses")
    channel = models.CharField(_("channel"), max_length=20)
    target = models.CharField(_("address"), max_length=300)
    secret = models.CharField(_("signing secret"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "channel", "target"], name="one_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.target}"


class Token(models.Model):
    """A key for the API. Only its SHA-256 is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(_("used by"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
