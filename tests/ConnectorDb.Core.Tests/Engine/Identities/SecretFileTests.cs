using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Identities;

/// <summary>The files of a store and of its keys.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Neither_file_shows_a_key_or_a_password()
    {
        CdbPath pi = _database.AddDevice("me/pi", new DeviceDefinition { ApiKey = "my-very-own-secret-key" });
        _database.AddUser("ann", new UserDefinition { Password = "my-very-own-password" });
        Assert.Equal("my-very-own-secret-key", _database.Engine.GetDevice(_database.Me, pi, Some.NoToken).ApiKey);

        foreach (string file in new[] { _database.File, $"{_database.File}-wal" }.Concat(Directory.GetFiles(_database.KeyFolder)))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("my-very-own", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Store_and_secret_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("Windows guards files by access lists, not by modes.");
        }

        foreach (string file in new[] { _database.File, $"{_database.File}-wal", $"{_database.File}-shm" }.Concat(Directory.GetFiles(_database.KeyFolder)))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_database.KeyFolder));
    }
}
