using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Logging;

/// <summary>Loggers as one uses them: opened, configured, written to, sent from, closed.</summary>
public sealed class LoggerTests : ModuleTest
{
    private const string OpenToStore = "$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -ConnectorDb $Store)";

    [Fact]
    public void What_is_written_is_kept_and_sent_to_the_store()
    {
        Get($"{OpenToStore}; Add-CdbLoggerStream temperature -Schema number -Force; Write-CdbLog temperature 21.5; 22, 23 | Write-CdbLog temperature");
        Assert.Equal(3L, Get("$log.Cached")[0]!.BaseObject);

        Assert.Equal("3 0", Get("$result = Sync-CdbLogger; '{0} {1}' -f $result.Sent, $result.ExitCode")[0]!.ToString());

        Assert.Equal(["21.5", "22", "23"], Get("Stop-CdbLogger; Connect-Cdb $Store | Out-Null; Get-CdbDatapoint temperature | ForEach-Object { \"$($_.Data)\" }").Select(each => each!.ToString()));
    }

    [Fact]
    public void An_address_that_is_none_is_said_when_the_destination_is_described()
    {
        ScriptResult result = Run("New-CdbSink -InfluxDb not-a-url -Database d");

        Assert.Equal("InvalidValue", result.ErrorId);
        Assert.Contains("'not-a-url'", result.Error.ToString());
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Settings_lie_in_the_file()
    {
        Get("New-CdbLogger $Folder/cache.db -Name cellar -SyncPeriod 3m -Data @{ shelf = 3 } -MaxBytes 1000000 -WhenFull DropOldest | Stop-CdbLogger");

        Assert.Equal("cellar 00:03:00 3 1000000 DropOldest", Get("$log = New-CdbLogger $Folder/cache.db; '{0} {1} {2} {3} {4}' -f $log.Name, $log.SyncPeriod, $log.Data.shelf, $log.Status.Settings.MaxBytes, $log.Status.Settings.WhenFull")[0]!.ToString());
        Get("Set-CdbLogger -Name attic -Sink (New-CdbSink -JsonFile $Folder/a.jsonl)");
        Assert.Equal("attic 00:03:00 JsonFile", Get("'{0} {1} {2}' -f $log.Name, $log.SyncPeriod, $log.Destinations.Name")[0]!.ToString());
        Get("Set-CdbLogger -RemoveSink JsonFile");
        Assert.Empty(Get("$log.Destinations"));
    }

    [Fact]
    public void The_script_for_a_new_file_runs_once_and_its_failure_leaves_no_file()
    {
        Assert.Equal("True 1", Get("$script:made = 0; $log = New-CdbLogger $Folder/cache.db -OnCreate { $script:made++; Add-CdbLoggerStream x -Force -Logger $args[0] }; Stop-CdbLogger; $log = New-CdbLogger $Folder/cache.db -OnCreate { $script:made++ }; '{0} {1}' -f ($log.Streams -contains 'x'), $script:made")[0]!.ToString());

        Assert.NotEmpty(Run("New-CdbLogger $Folder/other.db -OnCreate { throw 'no' }").Errors);
        Assert.Equal("InvalidValue", Run("New-CdbLogger $Folder/third.db -OnCreate { $false }").ErrorId);
        Assert.Empty(Directory.GetFiles(Folder, "other*").Concat(Directory.GetFiles(Folder, "third*")));
    }

    [Fact]
    public void A_bound_can_be_taken_away_again()
    {
        Get("$log = New-CdbLogger $Folder/cache.db -MaxBytes 1000000 -MaxAge 1h; Set-CdbLogger -MaxAge 0");
        Assert.Equal("1000000 ", Get("'{0} {1}' -f $log.Status.Settings.MaxBytes, $log.Status.Settings.MaxAge")[0]!.ToString());
        Get("Set-CdbLogger -MaxBytes 0");
        Assert.Null(Get("$log.Status.Settings.MaxBytes")[0]);
    }

    [Fact]
    public void An_open_logger_is_started_and_one_is_stopped_by_its_path()
    {
        Assert.Equal("True True 1", Get("$log = New-CdbLogger $Folder/cache.db; $started = $log | Start-CdbLogger -Name cellar -Sink (New-CdbSink -JsonFile $Folder/a.jsonl); '{0} {1} {2}' -f $log.IsRunning, [object]::ReferenceEquals($log, $started), @(Get-CdbLogger).Count")[0]!.ToString());
        Assert.Equal("cellar True", Get("'{0} {1}' -f $log.Name, (Start-CdbLogger $log).IsRunning")[0]!.ToString());
        Assert.Equal("NotFound", Run("Stop-CdbLogger $Folder/other.db").ErrorId);
        Get("Stop-CdbLogger $Folder/cache.db");
        Assert.False((bool)Get("$log.IsOpen")[0]!.BaseObject);
    }

    [Fact]
    public void A_logger_that_is_to_throw_does_so_at_sync_and_at_stop_and_is_closed_then()
    {
        Get("$log = Start-CdbLogger $Folder/cache.db -ThrowOnFailure -Sink (New-CdbSink -ScriptBlock { throw 'down' }); Add-CdbLoggerStream x -Force; Write-CdbLog x 1");
        Assert.Empty(Run("Sync-CdbLogger -ThrowOnFailure:$false").Errors);
        Assert.Equal("SinkFailed", Run("Sync-CdbLogger").ErrorId);
        Assert.Equal("SinkFailed", Run("Stop-CdbLogger").ErrorId);
        Assert.False((bool)Get("$log.IsOpen")[0]!.BaseObject);
    }

    [Theory]
    [InlineData("New-CdbLogger $Folder/cache.db | Out-Null")]
    [InlineData("Sync-CdbLogger $Folder/cache.db | Out-Null")]
    public void Who_opens_a_damaged_file_is_told_what_was_saved_and_where_the_old_one_lies(string opening)
    {
        Get("$log = New-CdbLogger $Folder/cache.db; Add-CdbLoggerStream x -Force; foreach ($n in 1..400) { Write-CdbLog x ('a' * 200) }; Stop-CdbLogger");
        string file = Path.Combine(Folder, "cache.db");
        using (FileStream damage = File.OpenWrite(file))
        {
            damage.Position = damage.Length / 4096 / 2 * 4096;
            damage.Write(new byte[4096]);
        }

        ScriptResult opened = Run(opening);

        Assert.Empty(opened.Errors);
        string warning = Assert.Single(opened.Warnings);
        Assert.Contains("items were saved", warning, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(Directory.GetFiles(Folder, "cache.db.damaged-*")), warning, StringComparison.Ordinal);
        Assert.True((bool)Get("Stop-CdbLogger; $log = New-CdbLogger $Folder/cache.db; $log.Status.Damaged -gt 0 -and $log.Cached + $log.Status.Damaged -eq 400 -and $log.Status.DamagedFiles.Count -eq 1")[0]!.BaseObject);
    }

    [Fact]
    public void Whole_objects_become_streams_with_one_time()
    {
        Get($"{OpenToStore}; [pscustomobject]@{{ cpu = 1.5; disks = @(2, @{{ free = $true }}); other = 'x' }} | Write-CdbLog -Prefix p -Property cpu, disks; Sync-CdbLogger | Out-Null; Stop-CdbLogger; Connect-Cdb $Store | Out-Null");
        Assert.Equal(["p_cpu=1.5", "p_disks_0=2", "p_disks_1_free=True"], Get("Get-CdbStream p_* | ForEach-Object { \"$($_.Name)=$($_.LastDatapoint.Data)\" }").Select(each => each!.ToString()).Order());
        Assert.Single(Get("Get-CdbStream p_* | ForEach-Object { $_.LastDatapoint.T }").Select(each => each!.BaseObject).Distinct());
    }

    [Fact]
    public void Points_events_and_measured_scripts_are_written()
    {
        Get("$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -JsonFile $Folder/a.jsonl)");
        Get("Write-CdbLog -Measurement m -Field @{ a = 1 } -Tag @{ host = 'h' }; Write-CdbEvent 'opened' -Tag @{ b = 2 } -Start '2030-01-01Z' -Stop '2030-01-02Z'");
        Assert.Equal([1, 2], Get("Measure-CdbCommand timed { 1; 2 } -EventTag @{ job = 'j' }").Select(each => each!.BaseObject));
        Assert.NotEmpty(Run("Measure-CdbCommand timed { throw 'broken' }").Errors);
        Assert.IsType<TimeSpan>(Get("Measure-CdbCommand timed { } -PassThru")[0]!.BaseObject);

        Get("Sync-CdbLogger");

        string[] lines = File.ReadAllLines(Path.Combine(Folder, "a.jsonl"));
        Assert.Equal(3, lines.Count(line => line.Contains("\"duration\":", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.Contains("\"channel\":\"events\"", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("""{"tags":{"host":"h"},"fields":{"a":1}}""", StringComparison.Ordinal));
        Assert.Equal("InvalidValue", Run("New-CdbMeasurement strict a -Tag b; Write-CdbLog -Measurement strict -Field @{ c = 1 }").ErrorId);
    }

    [Fact]
    public void A_value_against_the_schema_is_refused_without_any_connection()
    {
        Get("$log = New-CdbLogger $Folder/cache.db; Add-CdbLoggerStream x -Schema integer -Force");
        Assert.Equal("SchemaViolation", Run("Write-CdbLog x 'warm'").ErrorId);
        Assert.Equal("NotFound", Run("Write-CdbLog y 1").ErrorId);
        Assert.Equal(2, Run("1, 'warm', 2, 'cold', 3 | Write-CdbLog x").Errors.Count);
        Assert.Equal(3L, Get("$log.Cached")[0]!.BaseObject);
    }

    [Fact]
    public void A_stream_that_is_there_brings_its_schema_and_one_that_is_not_is_made()
    {
        Connect();
        Get("New-CdbStream there -Schema integer | Out-Null; Disconnect-Cdb");
        Get($"{OpenToStore}; Add-CdbLoggerStream there; Add-CdbLoggerStream made -Schema string");
        Assert.Equal("SchemaViolation", Run("Write-CdbLog there 'warm'").ErrorId);
        Assert.Equal("NotFound", Run("Add-CdbLoggerStream nowhere").ErrorId);
        Connect();
        Assert.Single(Get("Get-CdbStream made"));
    }

    [Fact]
    public void What_a_destination_refuses_is_shown_and_can_be_sent_again_or_dropped()
    {
        Get($"{OpenToStore}; Add-CdbLoggerStream x -Force; Write-CdbLog x 1 -Timestamp '2030-01-02Z'; Sync-CdbLogger | Out-Null");
        ScriptResult result = Run("Write-CdbLog x 2 -Timestamp '2030-01-01Z'; Write-CdbLog x 3 -Timestamp '2029-01-01Z'; Sync-CdbLogger");
        Assert.Contains("refused 2", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Get("Get-CdbLogger -SetAside").Count);

        Assert.Equal("2", Get("(Sync-CdbLogger -Restamp).Sent")[0]!.ToString());
        Assert.Empty(Get("Get-CdbLogger -SetAside"));
    }

    [Fact]
    public void A_failing_destination_is_told_and_everything_waits()
    {
        Get("$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d); Add-CdbLoggerStream x -Force; Write-CdbLog x 1");
        Assert.Equal("1", Get("$result = Sync-CdbLogger; $result.ExitCode")[0]!.ToString());
        Assert.Contains("127.0.0.1:9", Get("$result.Destinations.Error")[0]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", Get("$global:LASTEXITCODE")[0]!.ToString());
        Assert.Equal("SinkFailed", Run("Sync-CdbLogger -ThrowOnFailure | Out-Null").ErrorId);
        Assert.False((bool)Get("Test-CdbSink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d) -Quiet")[^1]!.BaseObject);
        Get("Clear-CdbLogger -Confirm:$false");
        Assert.Equal(0L, Get("$log.Cached")[0]!.BaseObject);
    }

    [Fact]
    public void A_script_as_a_destination_is_given_what_waits_also_after_opening_again()
    {
        Get("$log = New-CdbLogger $Folder/cache.db -Sink (New-CdbSink -ScriptBlock { param($batch) $batch.Points | ForEach-Object { [IO.File]::AppendAllText($env:CDB_TEST_FILE, \"$($batch.Channel) $($_.Data)\") } }); Add-CdbLoggerStream x -Force; Write-CdbLog x 1; Stop-CdbLogger");
        Environment.SetEnvironmentVariable("CDB_TEST_FILE", Path.Combine(Folder, "seen.txt"));
        Assert.Equal("1 ", Get("$result = Sync-CdbLogger $Folder/cache.db; '{0} {1}' -f $result.Sent, $result.Destinations.Error")[0]!.ToString());
        Assert.Equal("x 1", Assert.Single(File.ReadAllLines(Path.Combine(Folder, "seen.txt"))));
    }

    [Fact]
    public void In_the_background_it_sends_at_the_start_and_at_the_end_and_calls_the_script()
    {
        Get("$log = New-CdbLogger $Folder/cache.db; Add-CdbLoggerStream x -Force; Write-CdbLog x 1; Stop-CdbLogger");
        Assert.Equal("1", Get("""
            $global:seen = 0
            $log = Start-CdbLogger $Folder/cache.db -Sink (New-CdbSink -JsonFile $Folder/a.jsonl) -OnSync { param($result) $global:seen += $result.Sent }
            $deadline = [datetime]::UtcNow.AddSeconds(60)
            while ($global:seen -eq 0 -and [datetime]::UtcNow -lt $deadline) { [Threading.Tasks.Task]::Delay(20).Wait() }
            $global:seen
            """)[0]!.ToString());
        Assert.Equal(1L, Get("Write-CdbLog x 2; Stop-CdbLogger -PassThru")[0]!.Properties["Sent"].Value);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(Folder, "a.jsonl")).Length);
    }

    [Fact]
    public void Removing_deletes_the_files_and_without_a_logger_the_error_says_what_to_do()
    {
        Get("New-CdbLogger $Folder/cache.db | Remove-CdbLogger -Confirm:$false");
        Assert.Empty(Directory.GetFiles(Folder, "cache*"));
        Assert.Contains("Start-CdbLogger", Run("Write-CdbLog x 1").Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("NotFound", Run("Sync-CdbLogger $Folder/none.db").ErrorId);
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        Assert.DoesNotContain("swordfish", string.Join(' ', Get("New-CdbSink -GrafanaAnnotation http://localhost -Token swordfish")[0]!.Properties.Select(property => property.Value)), StringComparison.Ordinal);
        Assert.Equal("********", Get("(New-CdbSink -InfluxDb http://localhost -Database d -Token ([Net.NetworkCredential]::new('', 'swordfish').SecurePassword)).Token.ToString()")[0]!.ToString());
    }
}
