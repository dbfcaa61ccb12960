using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Whether the account of a service, which owns nothing and is in no group of its own, can read a file.</summary>
internal static class ReadableByAll
{
    /// <summary>LocalService and its groups: Everyone, Local, Service, Authenticated Users, Users.</summary>
    private static readonly string[] s_groupsOfServices = ["S-1-5-19", "S-1-1-0", "S-1-2-0", "S-1-5-6", "S-1-5-11", "S-1-5-32-545"];

    /// <returns>The file or the folder above it that is closed to others; null when none is.</returns>
    public static string? FindBarrier(string path)
        => !Path.Exists(path) ? null
            : OperatingSystem.IsWindows() ? WindowsBarrier(path)
            : UnixBarrier(path);

    [UnsupportedOSPlatform("windows")]
    private static string? UnixBarrier(string path)
    {
        string? barrier = (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) == 0 ? path : null;
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            barrier = (File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0 ? folder : barrier;
        }

        return barrier;
    }

    /// <summary>
    /// The folders above do not count: every account may pass through them. Network drives belong to a logon, and LocalService is
    /// nobody to a file server.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static string? WindowsBarrier(string path)
    {
        string root = Path.GetPathRoot(path)!;
        if (root.StartsWith(@"\\", StringComparison.Ordinal) || new DriveInfo(root).DriveType == DriveType.Network)
        {
            return root;
        }

        AuthorizationRuleCollection rules = new FileInfo(path).GetAccessControl(AccessControlSections.Access).GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier));
        FileSystemAccessRule[] forServices =
        [
            .. from FileSystemAccessRule rule in rules
               where (rule.FileSystemRights & FileSystemRights.ReadData) != 0 && s_groupsOfServices.Contains(rule.IdentityReference.Value, StringComparer.Ordinal)
               select rule,
        ];
        return forServices.Length > 0 && forServices.All(rule => rule.AccessControlType == AccessControlType.Allow) ? null : path;
    }
}
