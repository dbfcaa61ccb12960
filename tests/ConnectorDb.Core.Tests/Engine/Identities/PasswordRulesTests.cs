using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sqlite;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Identities;

public sealed class PasswordRulesTests : IDisposable
{
    private const string Old = "the old password";
    private const string New = "the new password";
    private static readonly CdbPath s_ann = CdbPath.ForUser("ann");
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("twelve chars")]
    [InlineData("a          b")]
    [InlineData("000111222333")]
    [InlineData("пароль снега")]
    [InlineData("😀😃😄😁😆😅🤣😂🙂🙃😉😊")]
    [InlineData("a <b> 'c' \"d\" \\ \0 \n")]
    public void A_password_has_any_characters(string password)
    {
        _database.AddUser("ann", new UserDefinition { Password = password });
        Assert.Equal("ann/user", _database.Engine.LoginWithPassword("ann", password, Some.NoToken).Device.ToString());
    }

    [Theory]
    [InlineData("            ")]
    [InlineData("\t\n\t\n\t\n\t\n\t\n\t\n")]
    [InlineData("\u200b\u200b\u200b\u200b\u200b\u200b\u3000\u3000\u3000\u3000\u3000\u3000")]
    public void A_password_is_not_made_of_blanks(string password)
        => Assert.Contains("blanks", Assert.Throws<InvalidValueException>(() => PasswordRules.Check(s_ann, "", password)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_has_12_to_1000_Unicode_characters()
    {
        PasswordRules.Check(s_ann, "", new string('x', 64));
        PasswordRules.Check(s_ann, "", string.Concat(Enumerable.Repeat("😀", 1000)));
        Assert.Contains("11 characters", Assert.Throws<InvalidValueException>(() => PasswordRules.Check(s_ann, "", "eleven char")).Message, StringComparison.Ordinal);
        Assert.Contains("6 characters", Assert.Throws<InvalidValueException>(() => PasswordRules.Check(s_ann, "", "😀😃😄😁😆😅")).Message, StringComparison.Ordinal);
        Assert.Contains("1001 characters", Assert.Throws<InvalidValueException>(() => PasswordRules.Check(s_ann, "", new string('x', 1001))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwerty123456")]
    [InlineData("QwertyQwerty")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("passwordpassword")]
    public void The_commonest_passwords_are_refused_in_any_case(string password)
        => Assert.Contains("commonest", Assert.Throws<InvalidValueException>(() => _database.AddUser("ann", new UserDefinition { Password = password })).Message, StringComparison.Ordinal);

    [Fact]
    public void The_list_has_3000_passwords_that_are_long_enough()
    {
        using StreamReader lines = new(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        string[] common = lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3000, common.Distinct().Count());
        Assert.All(common, password => Assert.True(password.Length >= PasswordRules.MinLength && !password.Any(char.IsUpper), password));
    }

    [Theory]
    [InlineData("isabella1234")]
    [InlineData("isabellaisabella")]
    [InlineData("ConnectorDB2026")]
    [InlineData("bella.m-99999")]
    [InlineData("Bella.M@Example.org isabella")]
    public void A_password_is_not_made_of_names_that_are_known(string password)
        => Assert.Throws<InvalidValueException>(() => _database.AddUser("isabella", new UserDefinition { Email = "bella.m@example.org", Password = password }));

    [Fact]
    public void A_name_of_two_letters_counts_as_a_word_only()
    {
        CdbPath me = CdbPath.ForUser("me");
        Assert.Throws<InvalidValueException>(() => PasswordRules.Check(me, "", "me Me, me me me me"));
        PasswordRules.Check(me, "", "some memes meet");
    }

    [Fact]
    public void A_message_about_a_password_does_not_contain_it()
    {
        foreach (string password in new[] { "shorty", "qwerty123456", new string('x', 1001) })
        {
            Assert.DoesNotContain(password, Assert.Throws<InvalidValueException>(() => PasswordRules.Check(s_ann, "", password)).Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_user_with_a_short_password_from_before_still_logs_in()
    {
        CdbPath ann = _database.AddUser("ann");
        using (SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = _database.File }))
        {
            store.Write(
                writer =>
                {
                    UserRecord user = writer.FindUser(ann)!;
                    writer.Change(user with { PasswordHash = PasswordHash.Of("short") });
                    return true;
                },
                Some.NoToken);
        }

        Login login = _database.Engine.LoginWithPassword("ann", "short", Some.NoToken);
        _database.Engine.UpdateUser(login, ann, new UserDefinition { Password = New, OldPassword = "short" }, Some.NoToken);
        _database.Engine.LoginWithPassword("ann", New, Some.NoToken);
    }

    [Fact]
    public void Who_changes_the_own_password_gives_the_old_one()
    {
        CdbPath ann = _database.AddUser("ann", new UserDefinition { Password = Old });
        Login byPassword = _database.Engine.LoginWithPassword("ann", Old, Some.NoToken);
        Login byKey = _database.Engine.LoginWithKey(_database.Engine.GetDevice(_database.Me, CdbPath.Parse("ann/user"), Some.NoToken).ApiKey!, Some.NoToken);
        foreach (Login login in new[] { byPassword, byKey })
        {
            Assert.Throws<PermissionDeniedException>(() => Change(login, null));
            Assert.Throws<WrongPasswordException>(() => Change(login, "not the old one"));
        }

        _database.Engine.LoginWithPassword("ann", Old, Some.NoToken);
        Change(byKey, Old);
        _database.Engine.LoginWithPassword("ann", New, Some.NoToken);

        void Change(Login login, string? old) => _database.Engine.UpdateUser(login, ann, new UserDefinition { Password = New, OldPassword = old }, Some.NoToken);
    }

    [Fact]
    public void An_administrator_and_whoever_opens_the_file_set_a_password_without_the_old_one()
    {
        CdbPath ann = _database.AddUser("ann", new UserDefinition { Password = Old });
        Login admin = _database.Engine.LoginWithKey(_database.Engine.GetDevice(_database.Me, _database.Me.Device, Some.NoToken).ApiKey!, Some.NoToken);
        _database.Engine.UpdateUser(admin, ann, new UserDefinition { Password = New }, Some.NoToken);
        _database.Engine.UpdateUser(_database.As("ann/user"), ann, new UserDefinition { Password = Old }, Some.NoToken);
        _database.Engine.LoginWithPassword("ann", Old, Some.NoToken);
    }

    [Fact]
    public void A_stranger_cannot_try_the_old_password_of_another()
    {
        CdbPath ann = _database.AddUser("ann", new UserDefinition { Password = Old });
        _database.AddUser("bob");
        Assert.Throws<PermissionDeniedException>(() => _database.Engine.UpdateUser(_database.As("bob/user"), ann, new UserDefinition { Password = New, OldPassword = Old }, Some.NoToken));
    }
}
