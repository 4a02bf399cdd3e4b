"""Property tests run the same examples each time; `--hypothesis-profile=long` looks further."""

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "laws", max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("long", max_examples=3000, database=None, deadline=None, suppress_health_check=_SLOW)
if settings.get_current_profile_name() in ("default", "ci"):
    settings.load_profile("laws")
