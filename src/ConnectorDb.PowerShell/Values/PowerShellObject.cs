using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Removes the <see cref="PSObject"/> that PowerShell puts around objects.</summary>
internal static class PowerShellObject
{
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Unwraps everything but custom objects, whose properties only the wrapper has.</summary>
    public static object? UnwrapUnlessCustom(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
