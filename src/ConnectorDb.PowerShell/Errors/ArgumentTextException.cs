namespace ConnectorDb.PowerShell.Errors;

/// <summary>An argument cannot be read by the other parameters of the call. The error has the id of an argument that PowerShell cannot bind.</summary>
internal sealed class ArgumentTextException(string parameter, string reason, object? given)
    : CdbException($"Cannot process the parameter '{parameter}'. {reason}", given);
