using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.Core.Files;

/// <summary>Access rights of files and folders: modes on Unix, access lists on Windows.</summary>
/// <remarks>A private file can be used by the account that created it and, on Windows, by SYSTEM and administrators, which an access list cannot exclude.</remarks>
public static class FileRights
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file; creates it as private if it does not exist.</summary>
    /// <remarks>The rights are set at creation, because a file that is protected later could be opened in between. Rights of an existing file do not change.</remarks>
    public static FileStream OpenPrivate(string path, FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
            return new FileStream(path, options);
        }

        if (options.Mode == FileMode.CreateNew)
        {
            return Create(path, options, OfOwner(new FileSecurity(), InheritanceFlags.None));
        }

        if (!File.Exists(path))
        {
            try
            {
                FileStreamOptions empty = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
                Create(path, empty, OfOwner(new FileSecurity(), InheritanceFlags.None)).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process has created the file in the meantime.
            }
        }

        return new FileStream(path, options);
    }

    /// <summary>Creates a folder and its missing parents as private ones.</summary>
    public static void CreatePrivateFolder(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        else if (!Directory.Exists(path))
        {
            new DirectoryInfo(path).Create(OfOwner(new DirectorySecurity(), InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit));
        }
    }

    /// <summary>Creates a file with the access rights of another one.</summary>
    public static FileStream CreateLike(string model, string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            return Create(path, options, Copy(model));
        }

        options.UnixCreateMode = File.GetUnixFileMode(model);
        return new FileStream(path, options);
    }

    /// <summary>Copies the access rights of a file to its side file. On Unix SQLite does this itself; on Windows side files inherit the rights of the folder.</summary>
    public static void CopyToSideFile(string model, string path)
    {
        if (!OperatingSystem.IsWindows() || !File.Exists(path) || !new FileInfo(model).GetAccessControl(AccessControlSections.Access).AreAccessRulesProtected)
        {
            return;
        }

        try
        {
            new FileInfo(path).SetAccessControl(Copy(model));
        }
        catch (UnauthorizedAccessException)
        {
            // The account that created the file has set these rights already.
        }
    }

    /// <summary>True when any account of the machine may read the file.</summary>
    public static bool IsReadableByAll(string path)
        => OperatingSystem.IsWindows() ? IsOpenOnWindows(path) : (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != 0;

    /// <summary>True when other accounts may write the file: any on Windows, all but the owner elsewhere.</summary>
    public static bool IsWritableByOthers(string path)
        => OperatingSystem.IsWindows()
            ? IsOpenOnWindows(path, FileSystemRights.WriteData)
            : (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    [SupportedOSPlatform("windows")]
    private static bool IsOpenOnWindows(string path, FileSystemRights right = FileSystemRights.ReadData)
    {
        WellKnownSidType[] all = [WellKnownSidType.WorldSid, WellKnownSidType.BuiltinUsersSid, WellKnownSidType.AuthenticatedUserSid];
        return new FileInfo(path).GetAccessControl()
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Any(rule => rule.AccessControlType == AccessControlType.Allow
                && (rule.FileSystemRights & right) != 0
                && rule.IdentityReference is SecurityIdentifier account
                && all.Any(account.IsWellKnown));
    }

    /// <param name="options">Mode <see cref="FileMode.CreateNew"/>.</param>
    [SupportedOSPlatform("windows")]
    private static FileStream Create(string path, FileStreamOptions options, FileSecurity rights) => new FileInfo(path).Create(
        options.Mode,
        options.Access == FileAccess.Write ? FileSystemRights.Write : FileSystemRights.Read | FileSystemRights.Write,
        options.Share,
        Math.Max(1, options.BufferSize),
        options.Options,
        rights);

    /// <summary>The access list of a private file, without inherited rights.</summary>
    [SupportedOSPlatform("windows")]
    private static T OfOwner<T>(T rights, InheritanceFlags inheritance)
        where T : FileSystemSecurity
    {
        using WindowsIdentity account = WindowsIdentity.GetCurrent();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (SecurityIdentifier each in new[]
        {
            account.User!,
            new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null),
        })
        {
            rights.AddAccessRule(new FileSystemAccessRule(each, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
        }

        return rights;
    }

    [SupportedOSPlatform("windows")]
    private static FileSecurity Copy(string model)
    {
        FileSecurity copy = new();
        copy.SetSecurityDescriptorSddlForm(
            new FileInfo(model).GetAccessControl(AccessControlSections.Access).GetSecurityDescriptorSddlForm(AccessControlSections.Access),
            AccessControlSections.Access);
        return copy;
    }
}
