using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ConnectorDb.Core.Files;

/// <summary>
/// Rights on files and folders: modes on Unix, access lists on Windows. A private file can be used by the account that makes it and,
/// on Windows, by SYSTEM and the administrators, which no access list keeps out.
/// </summary>
public static class FileRights
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Opens a file; makes it private when it is not there. The rights come with the creation: a file that is closed to others afterwards
    /// could be opened in between. Those of a file that is there do not change.
    /// </summary>
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
                // Another process was quicker; its file is as good.
            }
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes a folder, and those above it, private where they are not there.</summary>
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

    /// <summary>Makes a file to write to, with the rights of another one.</summary>
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

    /// <summary>
    /// Gives a file that was made beside another one the rights of that one. On Unix SQLite does so itself; on Windows its side files
    /// inherit the rights of the folder.
    /// </summary>
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
            // The account that made it gave it these rights already.
        }
    }

    /// <summary>Whether any account of the machine may read the file.</summary>
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

    /// <param name="options">Mode <see cref="FileMode.CreateNew"/>.</param>
    [SupportedOSPlatform("windows")]
    private static FileStream Create(string path, FileStreamOptions options, FileSecurity rights) => new FileInfo(path).Create(
        options.Mode,
        options.Access == FileAccess.Write ? FileSystemRights.Write : FileSystemRights.Read | FileSystemRights.Write,
        options.Share,
        Math.Max(1, options.BufferSize),
        options.Options,
        rights);

    /// <summary>Nothing is inherited from the folder.</summary>
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
