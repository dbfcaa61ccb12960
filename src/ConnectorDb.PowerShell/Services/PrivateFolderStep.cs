using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>
/// Makes a folder of Windows that only the account of a service, the system and administrators can open. In %ProgramData% every
/// account may make folders, and reads and adds to those of others by rights that are inherited.
/// </summary>
internal sealed record PrivateFolderStep(string Path, string Account) : ServiceStep
{
    private const string LocalSystem = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";

    /// <summary>The owner of the folders of Windows itself.</summary>
    private const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

    private const string LocalService = "S-1-5-19";

    /// <summary>Two lines, because cmd and PowerShell have no operator in common that joins them.</summary>
    public override string Line
    {
        get
        {
            string account = Account == WindowsServices.LocalService ? $"*{LocalService}" : Account;
            string[] grants = [$"*{LocalSystem}:(OI)(CI)F", $"*{Administrators}:(OI)(CI)F", $"{account}:(OI)(CI)M"];
            string folder = ShellWord.Of(Path);
            return $"mkdir {folder}\nicacls.exe {folder} /inheritance:r /grant:r {string.Join(' ', grants.Select(ShellWord.Of))}";
        }
    }

    public override void Do()
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        try
        {
            Make();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or IdentityNotMappedException or PrivilegeNotHeldException)
        {
            throw new ServiceException($"The folder '{Path}' cannot be made for the account '{Account}': {error.Message}", Path, error);
        }
    }

    [SupportedOSPlatform("windows")]
    private void Make()
    {
        DirectoryInfo folder = new(Path);
        DirectorySecurity rights = Rights();
        if (folder.Exists)
        {
            RefuseOfStranger(folder);
            folder.SetAccessControl(rights);
        }
        else
        {
            folder.Create(rights);
        }
    }

    /// <summary>An owner can give himself every right again, and a link leads to another folder later.</summary>
    /// <exception cref="ServiceException">The folder belongs to another account, or is a link.</exception>
    [SupportedOSPlatform("windows")]
    private void RefuseOfStranger(DirectoryInfo folder)
    {
        if (folder.LinkTarget is { } target)
        {
            throw new ServiceException($"'{Path}' is a link to '{target}'. Remove it, or choose another -Name or -Path.", Path);
        }

        using WindowsIdentity installer = WindowsIdentity.GetCurrent();
        IdentityReference owner = folder.GetAccessControl(AccessControlSections.Owner).GetOwner(typeof(SecurityIdentifier))!;
        string[] trusted = [LocalSystem, Administrators, TrustedInstaller, installer.User!.Value, Sid().Value];
        if (!trusted.Contains(owner.Value, StringComparer.Ordinal))
        {
            throw new ServiceException(
                $"The folder '{Path}' was made by another account ({Name(owner)}), which could read and change the store. Look through it, then take it over from an elevated prompt: takeown.exe /f {ShellWord.Of(Path)} /a /r. Or choose another -Name or -Path.", Path);
        }
    }

    [SupportedOSPlatform("windows")]
    private DirectorySecurity Rights()
    {
        DirectorySecurity rights = new();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        Allow(new SecurityIdentifier(LocalSystem), FileSystemRights.FullControl);
        Allow(new SecurityIdentifier(Administrators), FileSystemRights.FullControl);
        Allow(Sid(), FileSystemRights.Modify);
        return rights;

        void Allow(SecurityIdentifier account, FileSystemRights right)
            => rights.AddAccessRule(new FileSystemAccessRule(account, right, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
    }

    /// <summary>Names of the system differ between languages, so that LocalService is known by its number.</summary>
    [SupportedOSPlatform("windows")]
    private SecurityIdentifier Sid() => Account switch
    {
        WindowsServices.LocalService => new SecurityIdentifier(LocalService),
        "LocalSystem" => new SecurityIdentifier(LocalSystem),
        _ when Account.StartsWith(@".\", StringComparison.Ordinal) => SidOf($@"{Environment.MachineName}\{Account[2..]}"),
        _ => SidOf(Account),
    };

    [SupportedOSPlatform("windows")]
    private static SecurityIdentifier SidOf(string account) => (SecurityIdentifier)new NTAccount(account).Translate(typeof(SecurityIdentifier));

    [SupportedOSPlatform("windows")]
    private static string Name(IdentityReference account)
    {
        try
        {
            return account.Translate(typeof(NTAccount)).Value;
        }
        catch (IdentityNotMappedException)
        {
            return account.Value;
        }
    }
}
