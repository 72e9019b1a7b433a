"""A mail server that keeps what it is given.

Usage: mail_sink.py FOLDER starttls|tls|plain|nologin CERTIFICATE KEY

Says "ready PORT" when it listens on loopback, takes mails until it is ended, and writes each to FOLDER/NUMBER.eml.
The login is user / pass:wörd. bad@ is refused for ever, grey@ for now; after the letter to vanish@ it hangs up.
"""
import pathlib
import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, mode, certificate, key = pathlib.Path(sys.argv[1]), *sys.argv[2:]


class Keeper:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("bad@"):
            return "550 5.1.1 no such user"
        if address.startswith("grey@"):
            return "451 4.7.1 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        head = f"X-Sink: tls={server.transport.get_extra_info('sslcontext') is not None} login={bool(session.authenticated)} to={','.join(envelope.rcpt_tos)}\r\n"
        (folder / f"{self.count}.eml").write_bytes(head.encode() + envelope.original_content)
        if any(address.startswith("vanish@") for address in envelope.rcpt_tos):
            server.transport.abort()
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"user", "pass:wörd".encode())
    return AuthResult(success=known, handled=known)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)


class Sink(Controller):
    def factory(self):
        options = dict(hostname="localhost", enable_SMTPUTF8=True, data_size_limit=5_000_000)
        if mode == "starttls":
            options |= dict(tls_context=context, require_starttls=True, authenticator=authenticate, auth_required=True)
        if mode == "tls":
            options |= dict(authenticator=authenticate, auth_required=True, auth_require_tls=False)
        return SMTP(self.handler, **options)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # the system chose it
        super()._trigger_server()


sink = Sink(Keeper(), hostname="127.0.0.1", port=0, ssl_context=context if mode == "tls" else None)
sink.start()
print("ready", sink.port, flush=True)
signal.pause()
