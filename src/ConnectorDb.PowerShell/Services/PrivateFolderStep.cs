using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>
/// Creates a folder on Windows that only the account of the service, the system and administrators can open. Every account can
/// create folders in %ProgramData%, and by inherited rights read and add files in those of others.
/// </summary>
internal sealed record PrivateFolderStep(string Path, string Account) : ServiceStep
{
    private const string LocalSystem = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";

    /// <summary>The owner of the system folders of Windows.</summary>
    private const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

    private const string LocalService = "S-1-5-19";

    /// <summary>Two lines, because cmd and PowerShell have no common operator to join commands.</summary>
    public override string Line
    {
        get
        {
            string account = Account == WindowsServices.LocalService ? $"*{LocalService}" : Account;
            string[] grants = [$"*{LocalSystem}:(OI)(CI)F", $"*{Administrators}:(OI)(CI)F", $"{account}:(OI)(CI)M"];
            string folder = ShellQuoting.Of(Path);
            return $"mkdir {folder}\nicacls.exe {folder} /inheritance:r /grant:r {string.Join(' ', grants.Select(ShellQuoting.Of))}";
        }
    }

    public override void Run()
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        try
        {
            Create();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or IdentityNotMappedException or PrivilegeNotHeldException)
        {
            throw new ServiceException($"The folder '{Path}' cannot be created for the account '{Account}': {error.Message}", Path, error);
        }
    }

    [SupportedOSPlatform("windows")]
    private void Create()
    {
        DirectoryInfo folder = new(Path);
        DirectorySecurity rights = Rights();
        if (folder.Exists)
        {
            CheckOwner(folder);
            folder.SetAccessControl(rights);
        }
        else
        {
            folder.Create(rights);
        }
    }

    /// <summary>Rejects folders of other accounts and links: an owner can change all rights, and a link can be redirected later.</summary>
    /// <exception cref="ServiceException">The folder belongs to another account, or is a link.</exception>
    [SupportedOSPlatform("windows")]
    private void CheckOwner(DirectoryInfo folder)
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
                $"The folder '{Path}' belongs to another account ({Name(owner)}), which could read and change the store. Check its contents, then take ownership from an elevated prompt: takeown.exe /f {ShellQuoting.Of(Path)} /a /r. Or choose another -Name or -Path.", Path);
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

    /// <summary>The identifier of the account. LocalService and LocalSystem have fixed ones, because their names differ between languages.</summary>
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
