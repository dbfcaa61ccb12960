using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Tests.Files;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private string Path => _folder["keys/a.key"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_is_the_same_the_next_time_and_only_its_owner_can_read_it()
    {
        byte[] secret = new KeyFile(Path).ReadOrMake();
        Assert.Equal(secret, new KeyFile(Path).Read());
        Assert.Single(Directory.GetFiles(_folder["keys"]));
        if (OperatingSystem.IsWindows())
        {
            Assert.Empty(StrangersWithRights());
        }
        else
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path));
        }
    }

    [SkippableFact]
    [Trait("Platform", "Windows")]
    public void A_secret_that_an_earlier_version_bound_to_the_account_is_read()
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new SkipException("DPAPI is a service of Windows.");
        }

        byte[] secret = RandomNumberGenerator.GetBytes(32);
        Directory.CreateDirectory(_folder["keys"]);
        File.WriteAllBytes(Path, BoundToAccount(secret));
        Assert.Equal(secret, new KeyFile(Path).Read());
    }

    [Fact]
    public void An_unusable_file_is_named_in_the_error()
    {
        Directory.CreateDirectory(_folder["keys"]);
        File.WriteAllText(Path, "from somewhere else");
        Assert.Contains($"'{Path}'", Assert.Throws<StoreException>(() => new KeyFile(Path).ReadOrMake()).Message, StringComparison.Ordinal);
        Assert.Equal("from somewhere else", File.ReadAllText(Path));

        string inFile = System.IO.Path.Combine(Path, "b.key");
        Assert.Contains($"'{inFile}'", Assert.Throws<StoreException>(() => new KeyFile(inFile).ReadOrMake()).Message, StringComparison.Ordinal);
    }

    [SupportedOSPlatform("windows")]
    private static byte[] BoundToAccount(byte[] secret) => ProtectedData.Protect(secret, null, DataProtectionScope.CurrentUser);

    [SupportedOSPlatform("windows")]
    private IEnumerable<IdentityReference> StrangersWithRights()
        => from FileSystemAccessRule rule in new FileInfo(Path).GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
           let account = (SecurityIdentifier)rule.IdentityReference
           where account != WindowsIdentity.GetCurrent().User && !account.IsWellKnown(WellKnownSidType.LocalSystemSid) && !account.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
           select account;
}
