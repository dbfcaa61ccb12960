using System.Net;
using System.Security;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>The clear text of a secret, for the moment in which it is handed on.</summary>
internal static class Secret
{
    public static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;
}
