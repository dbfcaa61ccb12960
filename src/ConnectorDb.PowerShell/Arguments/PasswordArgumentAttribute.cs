using System.Management.Automation;
using System.Net;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts text, such as the cell of a table, to a SecureString. Empty text is no password.</summary>
public sealed class PasswordArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => PowerShellObject.Unwrap(inputData) switch
    {
        string { Length: > 0 } text => new NetworkCredential("", text).SecurePassword,
        "" => null,
        _ => inputData,
    };
}
