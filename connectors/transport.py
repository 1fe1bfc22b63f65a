"""One HTTP call, made safe and made again where asking again can help.

requests' and urllib3's own exceptions and log lines quote the whole URL, and a cursor can be made
of a key; so their exceptions are replaced, not chained, and urllib3 is kept from logging URLs.
"""

import logging
import ssl
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import requests
import tenacity
import urllib3

from connectors import answers
from connectors.address import place
from connectors.errors import (
    AddressUnsafe,
    ConnectorError,
    RegistryMisbehaved,
    RegistryResting,
    RegistryUnavailable,
)
from connectors.manners import Manners
from connectors.pace import Breaker, Pace
from connectors.witness import Nobody, Withhold, Witness

logger = logging.getLogger(__name__)
logging.getLogger("urllib3").setLevel(logging.ERROR)

NO_ANSWER = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    urllib3.exceptions.HTTPError,
)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """An answer: the number of the question, and what it says."""

    request_id: str
    content: Any


@dataclass(frozen=True, slots=True, repr=False)
class Handling:
    """How an answer is taken: what it has to be, and what evidence keeps of it."""

    form: answers.Form = answers.JSON
    withhold: Withhold | None = None


AS_JSON = Handling()


class Transport:
    """Sends requests and returns what is answered; knows nothing of tokens or pages."""

    def __init__(
        self,
        manners: Manners,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        witness: Witness | None = None,
    ) -> None:
        """Open a session that reads nothing from the environment.

        With ``trust_env`` a line in ``~/.netrc`` would replace our bearer token, and a proxy
        variable would send it elsewhere.
        """
        self._manners = manners
        self._sleep = sleep
        self._witness = witness or Nobody()
        self._pace = Pace(manners.requests_per_s, sleep=sleep, clock=clock)
        self._breaker = Breaker(manners.failures_before_rest, manners.rest_s, clock=clock)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(manners.ca_bundle) if manners.ca_bundle else True

    def json(self, method: str, url: str, **request: Any) -> Any:
        """Ask until there is an answer or patience ends; return the answer's JSON.

        ``request`` may hold ``headers``, ``params``, ``data`` and ``json``.
        """
        return self.told(method, url, AS_JSON, **request).content

    def told(self, method: str, url: str, handling: Handling, **request: Any) -> Told:
        """Ask as ``json`` does; return the answer with the number it was asked under.

        It is read as ``handling`` says; evidence keeps what ``handling.withhold`` leaves of it.

        Raises:
            RegistryUnavailable: no answer after ``manners.attempts``, or a longer wait was asked.
            RegistryResting: it failed too often in a row; nothing was asked.
            RegistryRefused: the registry said no.
            RegistryMisbehaved: the answer is outside the protocol.
        """
        asking = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._is_worth_asking_again),
            stop=tenacity.stop_after_attempt(self._manners.attempts),
            wait=self._wait,
            sleep=self._sleep,
            before_sleep=_log,
            reraise=True,
        )
        told: Told = asking(self._noted, method, url, request, handling)
        return told

    def _noted(self, method: str, url: str, request: Mapping[str, Any], handling: Handling) -> Told:
        """Ask once, in turn, unless the registry rests; note how it went.

        A registry that says it is busy (429) is there, and says itself when to come back.
        """
        self._breaker.admit(place(url))
        self._pace.await_turn()
        try:
            answer = self._once(method, url, request, handling)
        except RegistryUnavailable as error:
            if error.status == 429:
                self._breaker.succeeded()
            else:
                self._breaker.failed()
            raise
        except ConnectorError:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return answer

    def _once(self, method: str, url: str, request: Mapping[str, Any], handling: Handling) -> Told:
        where, asked_at, request_id = place(url), datetime.now(UTC), str(uuid.uuid4())
        about = {"Accept": handling.form.accepts, "X-Request-Id": request_id}
        named = {**request, "headers": {**request.get("headers", {}), **about}}
        try:
            response = self._session.request(
                method,
                url,
                timeout=(self._manners.connect_s, self._manners.read_s),
                allow_redirects=False,
                stream=True,
                **named,
            )
            with response:
                status, refusal = response.status_code, answers.refusal(response, where)
                form = handling.form
                body = None if refusal else answers.body_of(response, where, self._manners, form)
        except requests.exceptions.SSLError as error:
            raise _distrust(error, where) from None
        except NO_ANSWER:
            raise RegistryUnavailable(f"{where} did not answer, or broke off") from None
        except OSError as error:  # every other exception of requests is one: nothing was asked
            kind = type(error).__name__
            raise AddressUnsafe(f"{where} cannot be called as configured ({kind})") from None
        # Out of the handlers: trouble of the witness is not the registry's. "Come back later" is
        # no answer yet; a refusal is one.
        if not isinstance(refusal, RegistryUnavailable):
            withhold = handling.withhold
            kept = withhold(body) if withhold and body is not None else None
            self._witness.note(request_id, where, asked_at, status, body, kept=kept)
        if refusal:
            raise refusal
        return Told(request_id, handling.form.read(body or b"", where))

    def _is_worth_asking_again(self, error: BaseException) -> bool:
        if not isinstance(error, RegistryUnavailable) or isinstance(error, RegistryResting):
            return False
        return (error.retry_after_s or 0) <= self._manners.longest_wait_s

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = getattr(error, "retry_after_s", None)
        backoff = tenacity.wait_random_exponential(
            multiplier=self._manners.first_wait_s, max=self._manners.longest_wait_s
        )(state)
        return float(backoff) if asked is None else float(asked)


def _distrust(error: Exception, where: str) -> Exception:
    """A certificate we cannot trust stays so; a broken handshake may succeed next time."""
    deeper: BaseException | None = error
    while deeper is not None:
        if isinstance(deeper, ssl.SSLCertVerificationError):
            return RegistryMisbehaved(f"{where} shows a certificate we do not trust; name its CA")
        deeper = deeper.__cause__ or deeper.__context__
    return RegistryUnavailable(f"{where} broke off the TLS handshake")


def _log(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    wait = state.next_action.sleep if state.next_action else 0.0
    logger.info("attempt %d: %s; waiting %.1f s", state.attempt_number, error, wait)
