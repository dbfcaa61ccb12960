namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class NativeLibraryTests
{
    [Theory]
    [InlineData("win-x64", "e_sqlite3.dll")]
    [InlineData("win-arm64", "e_sqlite3.dll")]
    [InlineData("linux-x64", "libe_sqlite3.so")]
    [InlineData("linux-arm64", "libe_sqlite3.so")]
    [InlineData("osx-x64", "libe_sqlite3.dylib")]
    [InlineData("osx-arm64", "libe_sqlite3.dylib")]
    public void The_module_contains_the_native_SQLite_of_the_platform(string platform, string library)
    {
        var file = new FileInfo(Path.Combine(Repository.Bin, "deps", "runtimes", platform, "native", library));

        Assert.True(file.Exists, file.FullName);
        Assert.True(file.Length > 500_000, $"{file.FullName} has only {file.Length} bytes.");
    }
}
