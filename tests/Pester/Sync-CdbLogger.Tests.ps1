BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Sync-CdbLogger' {
    It 'sends waiting entries and reports the number' {
        1, 2, 3 | Write-CdbLog numbers
        $result = Sync-CdbLogger
        $result.Sent | Should -Be 3
        $result.ExitCode | Should -Be 0
        Get-Content $lines | Should -HaveCount 3
    }

    It 'sends unchanged values to a store' {
        $store = Join-Path $TestDrive 'store.cdb'
        $log = New-CdbLogger (Join-Path $TestDrive 'store.db') -Sink (New-CdbSink -ConnectorDb $store)
        Add-CdbLoggerStream temperature -Schema number -Force -Logger $log
        Write-CdbLog temperature 21.5 -Logger $log
        22, 23 | Write-CdbLog temperature -Logger $log
        $log.Cached | Should -Be 3
        (Sync-CdbLogger $log).Sent | Should -Be 3
        Stop-CdbLogger $log
        $connection = Connect-Cdb -Path $store
        (Get-CdbDatapoint temperature).Data | Should -Be @(21.5, 22, 23)
        Disconnect-Cdb $connection
    }

    It 'warns about rejected entries, which can be sent again' {
        $log = New-CdbLogger (Join-Path $TestDrive 'refused.db') -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'refused.cdb'))
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Timestamp '2030-01-02Z' -Logger $log
        $null = Sync-CdbLogger $log
        Write-CdbLog x 2 -Timestamp '2030-01-01Z' -Logger $log
        Write-CdbLog x 3 -Timestamp '2029-01-01Z' -Logger $log
        $null = Sync-CdbLogger $log -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*rejected 2*'
        Get-CdbLogger $log -SetAside | Should -HaveCount 2
        (Sync-CdbLogger $log -Restamp).Sent | Should -Be 2
        Get-CdbLogger $log -SetAside | Should -BeNullOrEmpty
        Stop-CdbLogger $log
    }

    It 'reports a failed destination with an exit code' {
        $log = New-CdbLogger (Join-Path $TestDrive 'failing.db') -Sink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d)
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        $result = Sync-CdbLogger $log -WarningAction SilentlyContinue
        $result.ExitCode | Should -Be 1
        $global:LASTEXITCODE | Should -Be 1
        $result.Destinations.Error | Should -BeLike '*127.0.0.1:9*'
        { Sync-CdbLogger $log -ThrowOnFailure } | Should -Throw -ErrorId 'SinkFailed*'
        $log.Cached | Should -Be 1
        Stop-CdbLogger $log -WarningAction SilentlyContinue
    }

    It 'fails according to the logger, unless the call overrides it' {
        $log = Start-CdbLogger (Join-Path $TestDrive 'throwing.db') -ThrowOnFailure -Sink (New-CdbSink -ScriptBlock { throw 'down' })
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        { Sync-CdbLogger $log -ThrowOnFailure:$false -WarningAction SilentlyContinue } | Should -Not -Throw
        { Sync-CdbLogger $log } | Should -Throw -ErrorId 'SinkFailed*'
        { Stop-CdbLogger $log } | Should -Throw -ErrorId 'SinkFailed*'
        $log.IsOpen | Should -BeFalse
    }

    It 'passes waiting entries to a script, also after the file was reopened' {
        $path = Join-Path $TestDrive 'script.db'
        $env:CDB_TEST_FILE = Join-Path $TestDrive 'seen.txt'
        $log = New-CdbLogger $path -Sink (New-CdbSink -ScriptBlock { param($batch) $batch.Points | ForEach-Object { [IO.File]::AppendAllText($env:CDB_TEST_FILE, "$($batch.Channel) $($_.Data)") } })
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        Stop-CdbLogger $log
        (Sync-CdbLogger $path).Sent | Should -Be 1
        Get-Content $env:CDB_TEST_FILE | Should -Be 'x 1'
        $env:CDB_TEST_FILE = $null
    }

    It 'reports the entries recovered from a damaged file' {
        $path = Join-Path $TestDrive 'damaged.db'
        $log = New-CdbLogger $path
        Add-CdbLoggerStream x -Force -Logger $log
        foreach ($n in 1..400) { Write-CdbLog x ('a' * 200) -Logger $log }
        Stop-CdbLogger $log
        $bytes = [IO.File]::ReadAllBytes($path)
        [Array]::Clear($bytes, [Math]::Floor($bytes.Length / 4096 / 2) * 4096, 4096)
        [IO.File]::WriteAllBytes($path, $bytes)
        $null = Sync-CdbLogger $path -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*entries were recovered*'
        "$warnings" | Should -BeLike "*$((Get-Item "$path.damaged-*")[0].FullName)*"
    }

    It 'returns 1, and warns, without a destination' {
        $log = New-CdbLogger (Join-Path $TestDrive 'nowhere.db')
        $result = Sync-CdbLogger $log -WarningVariable warnings -WarningAction SilentlyContinue
        $result.ExitCode | Should -Be 1
        "$warnings" | Should -BeLike '*no destination*Set-CdbLogger -Sink*'
        Stop-CdbLogger $log
    }

    It 'returns 3 when entries are set aside, and calls -OnSyncFail in the background' {
        $global:outcomes = [Collections.Generic.List[string]]::new()
        $path = Join-Path $TestDrive 'aside.db'
        $log = New-CdbLogger $path -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'aside.cdb'))
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Timestamp '2026-01-02Z' -Logger $log
        $null = Sync-CdbLogger $log
        $LASTEXITCODE | Should -Be 0
        Write-CdbLog x 2 -Timestamp '2026-01-01Z' -Logger $log
        $result = Sync-CdbLogger $log -WarningVariable warnings -WarningAction SilentlyContinue
        $result.ExitCode, $LASTEXITCODE, $result.Succeeded | Should -Be 3, 3, $false
        "$warnings" | Should -BeLike '*rejected 1 entries*older than the newest datapoint*'
        $log.Status.Destinations[0].LastError | Should -BeLike '*set aside*older*'
        { Sync-CdbLogger $log -Resend -ThrowOnFailure } | Should -Throw -ErrorId 'SinkFailed*'
        Write-CdbLog x 3 -Timestamp '2026-01-01Z' -Logger $log
        $null = Start-CdbLogger $log -OnSync { $global:outcomes.Add('sent') } -OnSyncFail { param($result) $global:outcomes.Add("$($result.SetAside) set aside") }
        Wait-Until { $global:outcomes.Count }
        $global:outcomes[0] | Should -Be '1 set aside'
        Stop-CdbLogger $log
        Remove-Variable outcomes -Scope Global
    }

    It 'sets $LASTEXITCODE to 1 for <Case>' -ForEach @(
        @{ Case = 'a missing file'; Content = $null }
        @{ Case = 'a file of another kind'; Content = 'hello' }
        @{ Case = 'a file with a damaged header'; Content = [string]::new([char]0, 8192) }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        if ($Content) { Set-Content $path $Content -NoNewline }
        $global:LASTEXITCODE = 0
        $result = Sync-CdbLogger $path -ErrorAction SilentlyContinue -ErrorVariable problem
        $LASTEXITCODE, $result.ExitCode, $result.Succeeded | Should -Be 1, 1, $false
        $result.Problems | Should -Be "$problem"
    }

    It 'gives a scheduler its exit code in one line: <Expected>' -ForEach @(
        @{ Expected = 0; Sink = "New-CdbSink -JsonFile a.jsonl" }
        @{ Expected = 1; Sink = "New-CdbSink -ScriptBlock { throw 'down' }" }
        @{ Expected = 1; Sink = $null }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        Push-Location $TestDrive
        if ($Sink) {
            $log = New-CdbLogger $path -Sink (Invoke-Expression $Sink)
            Add-CdbLoggerStream x -Force -Logger $log
            Write-CdbLog x 1 -Logger $log
            Stop-CdbLogger $log -WarningAction Ignore
        }

        Pop-Location
        & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command "Import-Module '$manifest'; exit (Sync-CdbLogger '$path').ExitCode" *> $null
        $LASTEXITCODE | Should -Be $Expected
    }

    It 'refuses an empty file and leaves it empty' {
        $path = Join-Path $TestDrive 'zero.db'
        $null = New-Item $path
        { Sync-CdbLogger $path } | Should -Throw -ErrorId 'StoreNotAStore*' -ExpectedMessage '*is empty and no logger*New-CdbLogger*'
        (Get-Item "$path*").Length | Should -Be 0
    }

    It 'reports a file that does not exist' {
        { Sync-CdbLogger (Join-Path $TestDrive 'none.db') } | Should -Throw -ErrorId 'NotFound*'
    }
}
