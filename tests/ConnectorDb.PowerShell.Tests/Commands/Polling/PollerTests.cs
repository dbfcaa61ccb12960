using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Polling;

/// <summary>Pollers as one uses them: configured, started, looked at, changed, stopped.</summary>
public sealed class PollerTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_a_file_says_is_polled_into_a_logger()
    {
        Assert.Equal("1.00:00:00", Get("Add-CdbPollItem daily system.uptime -Interval 1d -Path $Folder/daily.json; (Get-CdbPollItem -Path $Folder/daily.json).Interval.ToString()").Single()!.ToString());
        Get("Add-CdbPollItem up system.uptime -Interval 1s -Path $Folder/poll.json");
        Get("$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -JsonFile $Folder/values.jsonl); $poller = Start-CdbPoller $Folder/poll.json");
        Await("(Get-CdbPollItem up).Values -ge 2");
        Get("Stop-CdbPoller; Sync-CdbLogger | Out-Null");
        Assert.True(Get("$log.IsOpen").Single()!.BaseObject is true);
        Assert.True(File.ReadAllLines(System.IO.Path.Combine(Folder, "values.jsonl")).Count(line => line.Contains("\"up\"", StringComparison.Ordinal)) >= 2);
    }

    [Fact]
    public void The_logger_that_the_file_names_is_opened()
    {
        File.WriteAllText(System.IO.Path.Combine(Folder, "poll.json"), """{"destination": {"logger": "own.db"}, "items": []}""");
        Assert.Equal("own.db", Get("$poller = Start-CdbPoller $Folder/poll.json; [IO.Path]::GetFileName($poller.Logger.Path)").Single()!.ToString());
    }

    [Fact]
    public void The_file_alone_says_what_is_polled_and_where_it_goes()
    {
        File.WriteAllText(System.IO.Path.Combine(Folder, "poll.json"), """
            {"destination": {"sinks": [{"csvFile": "values.csv"}, {"scriptBlock": "param($batch) [IO.File]::AppendAllText('$Folder/script.txt', $batch.Channel)"}], "continuousWrite": true},
             "items": [{"name": "up", "key": "system.uptime", "interval": 1}]}
            """.Replace("$Folder", Folder.Replace('\\', '/'), StringComparison.Ordinal));
        Get("$poller = Start-CdbPoller $Folder/poll.json");
        AwaitText("values.csv", ",up,");
        AwaitText("script.txt", "up");
        Assert.Equal("poll.outbox", Get("[IO.Path]::GetFileName($poller.Logger.Path)").Single()!.ToString());
    }

    [Fact]
    public void How_the_poller_stands_is_written_if_wanted()
    {
        Get("$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -JsonFile $Folder/values.jsonl); $poller = Start-CdbPoller -MetricsInterval 1s; Add-CdbPollItem up system.uptime -Interval 1m");
        AwaitText("values.jsonl", "\"poller_up\"", "Sync-CdbLogger");
        Assert.Equal("InvalidValue", Run("Start-CdbPoller -MetricsInterval 0.5").ErrorId);
    }

    [Fact]
    public void A_logger_that_is_given_takes_the_place_of_the_database_of_rpdemo()
    {
        File.WriteAllText(System.IO.Path.Combine(Folder, "poll.json"), """{"database": "rpdemo", "items": []}""");
        Get("$log = New-CdbLogger $Folder/cache.db; $poller = Start-CdbPoller $Folder/poll.json -Logger $log");
        Assert.Equal("cache.db 0", Get("'{0} {1}' -f [IO.Path]::GetFileName($poller.Logger.Path), @($log.Status.Destinations).Count").Single()!.ToString());
        Assert.Equal("poll.outbox InfluxDb", Get("$poller = Start-CdbPoller $Folder/poll.json; '{0} {1}' -f [IO.Path]::GetFileName($poller.Logger.Path), $poller.Logger.Status.Destinations.Name").Single()!.ToString());
    }

    [Fact]
    public void A_script_is_a_sampler_that_keeps_what_it_needs()
    {
        Get("Register-CdbSampler my.counter { $script:n += [int]$args[0]; @{ n = $script:n } } -Unit pieces | Out-Null; $poller = Start-CdbPoller; Add-CdbPollItem c my.counter 5 -Interval 1s -Timeout 1m");
        Await("(Get-CdbPollItem c).LastValue.n -ge 10");
        Assert.Equal("pieces", Get("(Get-CdbSampler my.counter).Unit").Single()!.ToString());
    }

    [Fact]
    public void A_script_that_fails_has_no_value_but_an_error()
    {
        Get("Register-CdbSampler my.broken { throw 'no luck' } | Out-Null; $poller = Start-CdbPoller; Add-CdbPollItem b my.broken -Interval 1s -Timeout 1m");
        Await("(Get-CdbPollItem b).Errors -ge 1");
        Assert.Contains("no luck", Get("(Get-CdbPollItem b).LastError").Single()!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0L, Get("(Get-CdbPollItem b).Values").Single()!.BaseObject);
    }

    [Fact]
    public void A_script_that_does_not_end_is_stopped()
    {
        Get("Register-CdbSampler my.endless { while ($true) { } } | Out-Null; $poller = Start-CdbPoller; Add-CdbPollItem e my.endless -Interval 1s -Timeout 0.2");
        Await("(Get-CdbPollItem e).Errors -ge 2 -and $poller.Status.Hung -eq 0");
    }

    [Fact]
    public void A_script_that_is_late_before_it_has_begun_is_late_and_nothing_else()
    {
        Get("Register-CdbSampler my.slow { 1 } | Out-Null; $poller = Start-CdbPoller; Add-CdbPollItem s my.slow -Interval 1s -Timeout 0.001");
        Await("(Get-CdbPollItem s).Errors -ge 1");
        Assert.Equal("There was no value within 0.001 s.", Get("(Get-CdbPollItem s).LastError").Single()!.ToString());
    }

    [SkippableFact]
    public void What_is_not_available_is_said_once_and_marked()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has its counters.");
        Get(@"$poller = Start-CdbPoller; Add-CdbPollItem w windows.counter '\System\Threads' -Interval 1s -Timeout 1m");
        Await("(Get-CdbPollItem w).NotAvailable");
        Assert.Equal("1 1", Get("'{0} {1}' -f (Get-CdbPollItem w).Errors, $poller.Status.NotAvailable").Single()!.ToString());
        Assert.Null(Get("(Get-CdbPollItem w).NextPoll").Single());
    }

    [Fact]
    public void Changes_of_a_running_poller_are_in_its_file()
    {
        Get("Add-CdbPollItem a system.uptime -Interval 1m -Path $Folder/poll.json; $poller = Start-CdbPoller $Folder/poll.json");
        Get("Add-CdbPollItem b net.ping 127.0.0.1 -Interval 30s -Timeout 2s -Tag @{ room = 'attic' } -Stream pi/b -Unit ms; Remove-CdbPollItem a -Confirm:$false");
        Assert.Equal("b net.ping 127.0.0.1 00:00:30 00:00:02 attic pi/b ms", Get("Get-CdbPollItem -Path $Folder/poll.json | ForEach-Object { '{0} {1} {2} {3} {4} {5} {6} {7}' -f $_.Name, $_.Key, $_.Argument, $_.Interval, $_.Timeout, $_.Tags.room, $_.Stream, $_.Unit }").Single()!.ToString());
    }

    [Fact]
    public void Items_of_one_file_go_to_another_poller()
    {
        Get("Add-CdbPollItem a system.uptime -Interval 1m -Path $Folder/poll.json; $poller = Get-CdbPollItem -Path $Folder/poll.json | Start-CdbPoller");
        Assert.Equal("a", Get("$poller.Items.Name").Single()!.ToString());
    }

    [Theory]
    [InlineData("Get-CdbPollItem", "StoreClosed")]
    [InlineData("Get-CdbSampler net.pong", "NotFound")]
    [InlineData("Register-CdbSampler net.ping { 1 }", "NameTaken")]
    [InlineData("Register-CdbSampler 'my thing' { 1 }", "InvalidValue")]
    [InlineData("Start-CdbPoller $Folder/none.json", "FileAccess")]
    [InlineData("[IO.File]::WriteAllText(\"$Folder/bad.json\", '{}'); Start-CdbPoller $Folder/bad.json", "InvalidConfiguration")]
    [InlineData("Add-CdbPollItem a net.pong -Interval 1s -Path $Folder/a.json", "NotFound")]
    [InlineData("Add-CdbPollItem a net.ping x -Interval 0.5 -Path $Folder/a.json", "InvalidValue")]
    [InlineData("Add-CdbPollItem a net.ping x -Interval 1 -Path $Folder/a.json; Add-CdbPollItem a net.ping x -Interval 1 -Path $Folder/a.json", "NameTaken")]
    [InlineData("Start-CdbPoller | Out-Null; Add-CdbPollItem a net.ping -Interval 1", "InvalidValue")]
    [InlineData("Add-CdbPollItem a net.tcp house -Interval 1 -Path $Folder/a.json", "InvalidValue")]
    [InlineData("Start-CdbPoller | Out-Null; Remove-CdbPollItem nothing -Confirm:$false", "NotFound")]
    public void What_cannot_be_done_is_said_with_its_kind(string script, string id) => Assert.Equal(id, Run(script).ErrorId);

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Get("Add-CdbPollItem a system.uptime -Interval 1s -Path $Folder/poll.json -WhatIf; Start-CdbPoller -WhatIf; Register-CdbSampler my.never { } -WhatIf");
        Assert.False(File.Exists(System.IO.Path.Combine(Folder, "poll.json")));
        Assert.Empty(Get("Get-CdbPoller; Get-CdbSampler my.nev*"));
    }

    private void AwaitText(string file, string text, string script = "")
        => Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    Get(script);
                    return Text(System.IO.Path.Combine(Folder, file)).Contains(text, StringComparison.Ordinal);
                },
                s_patience),
            file);

    /// <summary>Windows lets a file be read while another writes to it if the reader allows the writing.</summary>
    private static string Text(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private void Await(string condition)
        => Assert.True(SpinWait.SpinUntil(() => LanguagePrimitives.IsTrue(Get(condition) is [var first, ..] ? first : null), s_patience), condition);
}
