namespace ConnectorDb.PowerShell.Errors;

/// <summary>The cmdlet has no -Connection, and the runspace has no default connection.</summary>
public sealed class NotConnectedException()
    : CdbException("There is no connection to a database. Run Connect-Cdb first, or give a connection with -Connection.", null);
