BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll {
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Stop-CdbLogger' {
    It 'sends waiting entries before it closes' {
        $file = Join-Path $TestDrive 'b.jsonl'
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db') -Sink (New-CdbSink -JsonFile $file)
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        Stop-CdbLogger $other
        Get-Content $file | Should -HaveCount 1
    }

    It 'stops the logger of a path' {
        $path = Join-Path $TestDrive 'third.db'
        $other = New-CdbLogger $path
        Stop-CdbLogger $path
        $other.IsOpen | Should -BeFalse
    }

    It 'stops and syncs the logger of a link to its file' -Skip:$IsWindows {
        $path = Join-Path $TestDrive 'target.db'
        $link = New-Item -ItemType SymbolicLink (Join-Path $TestDrive 'link.db') -Target $path
        $other = New-CdbLogger $link -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'link.jsonl'))
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        (Sync-CdbLogger $link).Sent | Should -Be 1
        Stop-CdbLogger $link
        $other.IsOpen | Should -BeFalse
        $link.LinkTarget | Should -Be $path
        Get-ChildItem $TestDrive -Filter 'link.db-*' | Should -BeNullOrEmpty
    }

    It 'fails with -ThrowOnFailure when entries were not sent' {
        $other = Start-CdbLogger (Join-Path $TestDrive 'fourth.db') -Sink (New-CdbSink -ScriptBlock { throw 'down' })
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        { Stop-CdbLogger $other -ThrowOnFailure } | Should -Throw -ErrorId 'SinkFailed*'
        $other.IsOpen | Should -BeFalse
    }

    It 'reports a path without an open logger' {
        { Stop-CdbLogger (Join-Path $TestDrive 'unknown.db') -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'warns that a logger was not running, with the number of waiting entries' {
        $other = New-CdbLogger (Join-Path $TestDrive 'manual.db') -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'manual.jsonl'))
        Add-CdbLoggerStream x -Force -Logger $other
        1, 2 | Write-CdbLog x -Logger $other
        Stop-CdbLogger $other -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*not running*2 entries wait*'
        $other.IsOpen | Should -BeFalse
    }

    It 'says why entries wait after a sync that failed' {
        $other = New-CdbLogger (Join-Path $TestDrive 'failed.db') -Sink (New-CdbSink -ScriptBlock { throw 'down' })
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        $null = Sync-CdbLogger $other -WarningAction SilentlyContinue
        Stop-CdbLogger $other 3>&1 | Should -BeLike 'The last sync failed.*down* 1 entry waits in *sends it.'
    }

    It 'says that no destination takes what waits' {
        $other = New-CdbLogger (Join-Path $TestDrive 'untaken.db') -Sink (New-CdbSink -GrafanaAnnotation http://127.0.0.1:9 -Token t)
        Add-CdbLoggerStream x -Force -Logger $other
        1, 2 | Write-CdbLog x -Logger $other
        Stop-CdbLogger $other 3>&1 | Should -BeLike 'No destination takes what waits. 2 entries wait in *'
    }

    It 'ends its last sync at Ctrl+C, and tells what waits' -Skip:$IsWindows {
        . "$PSScriptRoot/store.ps1"
        $flag = Join-Path $TestDrive 'hangs'

        # The failed sync puts the destination into back-off, so that the background does not send before the logger stops.
        $process = Start-Pwsh @"
            `$sink = New-CdbSink -ScriptBlock { if (-not (Test-Path '$flag')) { throw 'down' }; [Console]::Out.WriteLine('sends'); Wait-Event never }
            `$null = Start-CdbLogger '$TestDrive/hung.db' -Sink `$sink
            Add-CdbLoggerStream x -Force
            Write-CdbLog x 1
            `$null = Sync-CdbLogger -WarningAction Ignore -ErrorAction Ignore
            `$null = New-Item '$flag'
            Stop-CdbLogger -Timeout 1d
"@
        while (($line = $process.StandardOutput.ReadLine()) -ne 'sends') { $line | Should -Not -BeNull }
        kill -INT $process.Id
        $process.StandardOutput.ReadToEndAsync().WaitAsync([timespan]::FromMinutes(2)).GetAwaiter().GetResult() | Should -BeLike '*1 entry waits in *'
    }

    It 'warns when no logger is open' {
        Stop-CdbLogger -WarningAction SilentlyContinue
        Stop-CdbLogger -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*No logger*open*'
    }

    It 'returns the number sent with -PassThru' {
        # The failed sync puts the destination into back-off, so that the background does not send before the logger stops.
        $open = Join-Path $TestDrive 'open'
        $sink = New-CdbSink -ScriptBlock ([scriptblock]::Create("if (-not (Test-Path '$open')) { throw 'down' }"))
        $other = Start-CdbLogger (Join-Path $TestDrive 'fifth.db') -Sink $sink
        Add-CdbLoggerStream x -Force -Logger $other
        Write-CdbLog x 1 -Logger $other
        $null = Sync-CdbLogger $other -WarningAction Ignore -ErrorAction Ignore
        $null = New-Item $open
        (Stop-CdbLogger $other -PassThru).Sent | Should -Be 1
    }
}
