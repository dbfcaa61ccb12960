namespace ConnectorDb.PowerShell.Errors;

/// <summary>A cmdlet was given no connection, and its runspace has none.</summary>
public sealed class NotConnectedException()
    : CdbException("There is no connection to a database. Run Connect-Cdb first, or give one with -Connection.", null);
