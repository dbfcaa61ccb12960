using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Checks the read permissions of a file.</summary>
internal static class FilePrivacy
{
    /// <summary>Returns true when every account of this machine may read the file.</summary>
    public static bool IsReadableByAll(string path)
        => OperatingSystem.IsWindows() ? IsOpenOnWindows(path) : (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != 0;

    [SupportedOSPlatform("windows")]
    private static bool IsOpenOnWindows(string path)
    {
        WellKnownSidType[] all = [WellKnownSidType.WorldSid, WellKnownSidType.BuiltinUsersSid, WellKnownSidType.AuthenticatedUserSid];
        return new FileInfo(path).GetAccessControl()
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Any(rule => rule.AccessControlType == AccessControlType.Allow
                && (rule.FileSystemRights & FileSystemRights.ReadData) != 0
                && rule.IdentityReference is SecurityIdentifier account
                && all.Any(account.IsWellKnown));
    }
}
