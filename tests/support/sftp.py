"""A real SFTP server on this machine, over a folder; it can cut connections off."""

import os
import socket
import stat
import threading
from contextlib import contextmanager, suppress

import paramiko

USER, PASSWORD = "office", "of a test office"


class Faults:
    """What the server does wrong: after so many bytes of answers it is gone, once."""

    def __init__(self):
        self.cut_after = None
        self.served = 0
        self.lowest = None  # the first byte of a file that was asked for
        self.transports = []
        self.names = ()  # names of its listing that are none of a folder
        self.closed = set()  # names of files and folders that it lists and does not give
        self.refusal = paramiko.SFTP_PERMISSION_DENIED
        self.claimed_size = None  # what it says of every file, whatever is true

    def served_more(self, offset, count):
        self.served += count
        self.lowest = offset if self.lowest is None else min(offset, self.lowest)
        if self.cut_after is not None and self.served >= self.cut_after:
            self.cut_after = None
            for transport in self.transports:
                transport.close()


class Desk(paramiko.ServerInterface):
    def __init__(self, keys):
        self._keys = keys

    def get_allowed_auths(self, username):
        return "password,publickey"

    def check_auth_password(self, username, password):
        good = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def check_auth_publickey(self, username, key):
        return paramiko.AUTH_SUCCESSFUL if key in self._keys else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


class Handle(paramiko.SFTPHandle):
    faults = None

    def read(self, offset, length):
        data = super().read(offset, length)
        if isinstance(data, bytes):
            self.faults.served_more(offset, len(data))
        return data

    def stat(self):
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class Files(paramiko.SFTPServerInterface):
    def __init__(self, server, root, faults, *args, **kwargs):
        super().__init__(server)
        self._root, self._faults = root, faults

    def _real(self, path):
        return self._root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path):
        if self._real(path).name in self._faults.closed:
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            found = []
            for entry in os.scandir(self._real(path)):
                attributes = self._attributes(entry.stat(follow_symlinks=False))
                attributes.filename = os.fsencode(entry.name)  # in whatever code it is
                found.append(attributes)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return found + self._faults_names()

    def _faults_names(self):
        extra = []
        for name in self._faults.names:
            attributes = paramiko.SFTPAttributes()
            attributes.filename, attributes.st_mode = name, stat.S_IFREG | 0o600
            attributes.st_size = attributes.st_mtime = attributes.st_atime = 1
            extra.append(attributes)
        return extra

    def _attributes(self, seen):
        attributes = paramiko.SFTPAttributes.from_stat(seen)
        if self._faults.claimed_size is not None and stat.S_ISREG(seen.st_mode):
            attributes.st_size = self._faults.claimed_size
        return attributes

    def lstat(self, path):
        try:
            return self._attributes(os.lstat(self._real(path)))
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def stat(self, path):
        return self.lstat(path)

    def open(self, path, flags, attr):
        if self._real(path).name in self._faults.closed:
            return self._faults.refusal
        try:
            file = self._real(path).open("rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        handle = Handle(flags)
        handle.faults, handle.readfile, handle.filename = self._faults, file, str(path)
        return handle


class SampleServer:
    """The server: where it listens, what it shows, how it is known."""

    def __init__(self, root):
        self.root, self.faults, self.keys = root, Faults(), []
        self.host_key = paramiko.RSAKey.generate(2048)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def known_hosts(self, path, key=None):
        key = key or self.host_key
        path.write_text(f"[127.0.0.1]:{self.port} {key.get_name()} {key.get_base64()}\n")
        return path

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(self.host_key)
            transport.set_subsystem_handler(
                "sftp", paramiko.SFTPServer, Files, self.root, self.faults
            )
            self.faults.transports.append(transport)
            with suppress(paramiko.SSHException, EOFError, OSError):
                transport.start_server(server=Desk(self.keys))

    def close(self):
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for transport in self.faults.transports:
            transport.close()


@contextmanager
def sample_server(root):
    """Run a server over ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    server = SampleServer(root)
    try:
        yield server
    finally:
        server.close()
