using System.Net;
using System.Security;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Reads the clear text of a SecureString.</summary>
internal static class Secret
{
    public static string Reveal(SecureString secret) => new NetworkCredential("", secret).Password;
}
