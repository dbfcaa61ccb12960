using MailKit;
using MimeKit;
using Org.BouncyCastle.Crypto;

namespace ConnectorDb.Pester.Tests.Mail;

/// <summary>docs/examples/mail-chart.ps1 in the real pwsh, with a mail server on loopback.</summary>
public sealed class MailChartTests
{
    [Fact]
    public async Task A_mail_with_the_chart_and_the_figures_of_the_last_day_arrives()
    {
        await using MailServer server = new();
        PwshExit exit = await RunAsync(server, "-To ada@example.org, 'Charles Babbage <charles@example.org>' -From house@example.org -Subject 'Größe'");
        Assert.True(exit.Code == 0, exit.Error);
        MimeMessage mail = Assert.Single(server.Mails);
        Assert.Equal("Größe", mail.Subject);
        Assert.Equal("house@example.org", mail.From.ToString());
        Assert.Equal(["ada@example.org", "charles@example.org"], mail.To.Mailboxes.Select(to => to.Address));
        Assert.Matches(@" 2 18 19 20 \S+ \S+ me/user/heat", string.Join(' ', mail.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        MimePart picture = Assert.IsType<MimePart>(Assert.Single(mail.Attachments), exactMatch: false);
        Assert.Equal(("chart.png", "image/png"), (picture.FileName, picture.ContentType.MimeType));
        using MemoryStream png = new();
        picture.Content!.DecodeTo(png);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png.ToArray()[..4]);
        Assert.InRange(png.Length, 5000, 500_000);
    }

    [Fact]
    public async Task A_login_is_not_sent_without_encryption()
    {
        await using MailServer server = new();
        PwshExit exit = await RunAsync(server, "-To ada@example.org -Format svg -Credential ([pscredential]::new('ada', (ConvertTo-SecureString secret -AsPlainText)))");
        Assert.Equal(1, exit.Code);
        Assert.Contains("The mail was not sent by '127.0.0.1'", exit.Error, StringComparison.Ordinal);
        Assert.Contains("STARTTLS", exit.Error, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_missing_package_is_named()
    {
        await using MailServer server = new();
        PwshExit exit = await RunAsync(server, "-To ada@example.org", typeof(IMailFolder), typeof(ICipherParameters));
        Assert.Equal(1, exit.Code);
        Assert.Contains("has no MimeKit.dll", exit.Error, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    /// <summary>Mails a chart of a store with one stream, with packages as Save-PSResource lays them out.</summary>
    private static Task<PwshExit> RunAsync(MailServer server, string parameters) => RunAsync(server, parameters, typeof(IMailFolder), typeof(MimeMessage), typeof(ICipherParameters));

    private static async Task<PwshExit> RunAsync(MailServer server, string parameters, params Type[] packages)
    {
        using TempFolder folder = new();
        foreach (string assembly in packages.Select(package => package.Assembly.Location))
        {
            string lib = Path.Combine(folder["lib"], Path.GetFileNameWithoutExtension(assembly), "1.0.0", "lib", "net10.0");
            File.Copy(assembly, Path.Combine(Directory.CreateDirectory(lib).FullName, Path.GetFileName(assembly)));
        }

        return Pwsh.RunWithModule($"""
            $env:PSModulePath += [IO.Path]::PathSeparator + '{Path.Combine(Repository.Root, "artifacts", "modules")}'
            $null = Connect-Cdb -Path '{folder["house.cdb"]}'
            $null = New-CdbStream heat
            Add-CdbDatapoint heat -Value 1, 18, 20 -Timestamp (Get-Date).AddDays(-2), (Get-Date).AddHours(-2), (Get-Date).AddHours(-1)
            & '{Path.Combine(Repository.Root, "docs", "examples", "mail-chart.ps1")}' heat -Server 127.0.0.1 -Port {await server.Port} -Library '{folder["lib"]}' {parameters}
            """);
    }
}
