"""What can go wrong with the warehouse, each state with a name and with what to do about it.

No message carries a password, a whole URL or a value of a row.
"""


class WarehouseError(Exception):
    """Base of every error the warehouse raises on purpose."""

    retryable = False


class ServerNotReady(WarehouseError):
    """The database server does not answer yet; asking again may help."""

    retryable = True


class ServerNotStopped(WarehouseError):
    """The database server was told to stop and is still there."""


class PortTaken(WarehouseError):
    """Another program listens where the embedded server should."""


class ForeignLock(WarehouseError):
    """A live process we may not look at holds the cluster's lock."""


class ClusterUnusable(WarehouseError):
    """The embedded cluster on disk cannot be used as it is."""


class DriverUnnamed(WarehouseError):
    """A database URL does not say which driver reads it."""


class ServerTooOld(WarehouseError):
    """The database server is older than the warehouse needs."""


class DatabaseMissing(WarehouseError):
    """A database or role is not there, and this role may not create it."""


class PrivilegeMissing(WarehouseError):
    """The server said that this role may not do what the warehouse needs."""


class TableUnknown(WarehouseError):
    """No raw table has this name."""


class ColumnUnknown(WarehouseError):
    """A row carries a field its table has no place for."""


class ValueRefused(WarehouseError):
    """A field holds what its column cannot; the message says where, never what."""


class LandingRefused(WarehouseError):
    """The server refused a landing; nothing of it was kept."""


class BatchShrank(WarehouseError):
    """A batch landed again would lose so much of what it brought that its source is doubted."""


class ListTooShort(WarehouseError):
    """A list of keys leaves out so many known ones that the list is doubted, not the rows."""


class ContentDiffers(WarehouseError):
    """Bytes do not have the digest they are known by."""


class CustodianKeyInvalid(WarehouseError):
    """What is set as the custodian's key is no key that anything can be sealed to."""


class NotStored(WarehouseError):
    """The file store has no such content, or no such place for it."""


class FileUnreadable(WarehouseError):
    """The file store has the content and cannot give it, or does not answer."""

    retryable = True


class AgencyCodeUnusable(WarehouseError):
    """An agency code cannot become the name of a database role."""


class NothingToExport(WarehouseError):
    """The reader's login finds no usable document of the dossier."""


class ExportStopped(WarehouseError):
    """A package was begun and must not leave: a file is damaged, or the marts are behind."""


class PackageThere(WarehouseError):
    """Something lies already where a package should be written."""


class PackageRefused(WarehouseError):
    """A package is not what it says, or not what may come in; nothing of it was kept."""


class PackageConflicts(WarehouseError):
    """The warehouse holds other rows of the same deliveries than the package brings."""


class DecisionRefused(WarehouseError):
    """A decision names no pair there is, or nobody who stands by it."""


class SubjectUnknown(WarehouseError):
    """No document or dossier of this key is in the marts, or no build has made them yet."""


class HoldUnknown(WarehouseError):
    """No hold of this number stands: there never was one, or it is released already."""


class NothingToDispose(WarehouseError):
    """Nothing of the agency is due that is on no list already."""


class ListUnknown(WarehouseError):
    """No list for disposal has this name."""


class DisposalRefused(WarehouseError):
    """A list is not ready for a step, has taken it already, or the step lacks what it needs."""


class DisposalHeld(WarehouseError):
    """A hold keeps a document of the list: nothing of it is carried out."""


class DisposalOvertaken(WarehouseError):
    """Since a list was made something else is known of a document on it."""


class DisposalUnfinished(WarehouseError):
    """Files that were to be destroyed are in the store still."""


class DisposalAltered(WarehouseError):
    """The items of a list are not those it was made of."""


class AgencyUnknown(WarehouseError):
    """The agency file names no agency of this code, or no build has read it yet."""


class HandoverRefused(WarehouseError):
    """A handover has not happened yet, or lacks what it rests on."""


class HandoverListUnusable(WarehouseError):
    """The list of a handover cannot be read, or a line of it is none."""


class HandoverContradicted(WarehouseError):
    """A handover does not agree with its own list, or with what was recorded of that list."""


class HandoverUnknown(WarehouseError):
    """No handover of this number stands: there never was one, or another took its place."""


class CustodyAltered(WarehouseError):
    """The chain of custody, its items or its signed lists are not what was written."""


class ReviewerUnnamed(WarehouseError):
    """A reviewer has no name that a role can have, or no agency."""


class ReviewNotPossible(WarehouseError):
    """There is nothing to review from: no build has made the mart of fields."""


class NothingToLearnFrom(WarehouseError):
    """No build has made the mart of fields, so nobody knows how many values there are."""


class FieldOvertaken(WarehouseError):
    """Somebody else decided the field after it was looked at: look at their word first."""


class WordRefused(WarehouseError):
    """The database refused a word: the document is not the person's, or the word is not one."""
