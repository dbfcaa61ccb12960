using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Tests.Engine.Identities;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_hash_contains_its_parameters_and_is_never_the_same_twice()
    {
        string hash = PasswordHash.Of("p");

        Assert.Matches(@"^pbkdf2-sha256\$600000\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}$", hash);
        Assert.NotEqual(hash, PasswordHash.Of("p"));
    }

    /// <summary>The vector of RFC 7914, section 11, for one round of PBKDF2-HMAC-SHA256, in our form.</summary>
    [Fact]
    public void Rounds_are_read_from_the_hash()
    {
        string hash = $"pbkdf2-sha256$1${Convert.ToBase64String("salt"u8)}${Convert.ToBase64String(Convert.FromHexString("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"))}";

        Assert.True(PasswordHash.Matches(hash, "passwd"));
        Assert.False(PasswordHash.Matches(hash, "password"));
    }

    [Theory]
    [InlineData("p", "P")]
    [InlineData("p", "p ")]
    [InlineData("", "x")]
    public void Another_password_does_not_match(string password, string other)
    {
        string hash = PasswordHash.Of(password);
        Assert.True(PasswordHash.Matches(hash, password));
        Assert.False(PasswordHash.Matches(hash, other));
    }

    [Fact]
    public void All_characters_of_a_long_password_are_compared()
    {
        string hash = PasswordHash.Of(new string('a', 80) + "b");
        Assert.False(PasswordHash.Matches(hash, new string('a', 80) + "c"));
    }

    [Fact]
    public void No_hash_matches_nothing()
        => Assert.False(PasswordHash.Matches(null, "p"));
}
