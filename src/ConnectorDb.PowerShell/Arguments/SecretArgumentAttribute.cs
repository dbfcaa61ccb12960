using System.Management.Automation;
using System.Security;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a key or password as text or as a SecureString.</summary>
public sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given switch
        {
            SecretText secret => secret,
            SecureString { Length: > 0 } secure => new SecretText(Secret.Reveal(secure)),
            string { Length: > 0 } text => new SecretText(text),
            null or "" or SecureString { Length: 0 } => throw new ArgumentTransformationMetadataException("The key or password is empty. A variable may be misspelled, or not set."),
            _ => throw new ArgumentTransformationMetadataException("A key or password is a text, or a SecureString as Read-Host -AsSecureString and Get-Secret give it."),
        };
    }
}
