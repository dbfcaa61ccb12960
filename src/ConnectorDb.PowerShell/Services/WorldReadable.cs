using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Checks that the account of a service, which owns no files and is in no special group, can read a file.</summary>
internal static class WorldReadable
{
    /// <summary>LocalService and its groups: Everyone, Local, Service, Authenticated Users, Users.</summary>
    private static readonly string[] s_groupsOfServices = ["S-1-5-19", "S-1-1-0", "S-1-2-0", "S-1-5-6", "S-1-5-11", "S-1-5-32-545"];

    /// <returns>The file, or the folder above it, that the account cannot read or enter; null when there is none.</returns>
    public static string? FindUnreadableAncestor(string path)
        => !Path.Exists(path) ? null
            : OperatingSystem.IsWindows() ? OnWindows(path)
            : OnUnix(path);

    [UnsupportedOSPlatform("windows")]
    private static string? OnUnix(string path)
    {
        string? unreadable = (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) == 0 ? path : null;
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            unreadable = (File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0 ? folder : unreadable;
        }

        return unreadable;
    }

    /// <summary>
    /// Ignores the rights of the folders above, because every account may traverse them. Network drives belong to a logon, and file servers
    /// do not know LocalService.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static string? OnWindows(string path)
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
