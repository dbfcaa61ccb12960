using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.Core.Files;

/// <summary>
/// Makes files that only their owner can read; on Windows the system and administrators too. The rights are given with the
/// creation: a file that is closed afterwards could be opened in between.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates an empty file. Others of the same account may open it at once, as they find it.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FileStream Create(string path)
        => OperatingSystem.IsWindows()
            ? new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Modify, FileShare.ReadWrite, bufferSize: 4096, FileOptions.None, WindowsRights())
            : File.Open(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly });

    /// <summary>Nothing is inherited: a folder such as %ProgramData% lets every account read.</summary>
    [SupportedOSPlatform("windows")]
    private static FileSecurity WindowsRights()
    {
        FileSecurity rights = new();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using WindowsIdentity owner = WindowsIdentity.GetCurrent();
        foreach (IdentityReference account in new[] { owner.User!, new(WellKnownSidType.LocalSystemSid, null), new(WellKnownSidType.BuiltinAdministratorsSid, null) })
        {
            rights.AddAccessRule(new FileSystemAccessRule(account, FileSystemRights.FullControl, AccessControlType.Allow));
        }

        return rights;
    }
}
