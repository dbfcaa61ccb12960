using System.Management.Automation;
using System.Security;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts text and SecureString arguments to a secret.</summary>
public sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        return given switch
        {
            SecretText secret => secret,
            SecureString { Length: > 0 } secure => new SecretText(Secret.Reveal(secure)),
            string { Length: > 0 } text => new SecretText(text),
            null or "" or SecureString { Length: 0 } => throw new ArgumentTransformationMetadataException("The key or password is empty. Check that its variable exists and has a value."),
            _ => throw new ArgumentTransformationMetadataException("A key or password must be text or a SecureString, for example from Read-Host -AsSecureString or Get-Secret."),
        };
    }
}
