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

    It 'goes on in a file that was moved or emptied, and keeps the entries while a folder has its name' {
        $file = Join-Path $TestDrive 'moved.csv'
        $log = New-CdbLogger (Join-Path $TestDrive 'moved.db') -Sink (New-CdbSink -CsvFile $file)
        Add-CdbLoggerStream i -Force -Logger $log
        $read = { (Import-Csv $args[0]).value }
        Write-CdbLog i 1 -Logger $log; $null = Sync-CdbLogger $log
        Move-Item $file "$file.1"
        Write-CdbLog i 2 -Logger $log; $null = Sync-CdbLogger $log
        & $read "$file.1", $file | Should -Be 1, 2
        Clear-Content $file
        Write-CdbLog i 3 -Logger $log; $null = Sync-CdbLogger $log
        & $read $file | Should -Be 3
        Remove-Item $file; $null = New-Item -ItemType Directory $file
        Write-CdbLog i 4 -Logger $log
        (Sync-CdbLogger $log -WarningAction Ignore).ExitCode | Should -Be 1
        Remove-Item $file
        (Sync-CdbLogger $log).ExitCode | Should -Be 0
        & $read $file | Should -Be 4
        Stop-CdbLogger $log
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
        $refused = Get-CdbLogger $log -SetAside
        $refused | Should -HaveCount 2
        $refused[0].Reason | Should -BeLike "It is older*It has the time 2030-01-01*before that of the newest datapoint of 'me/user/x', 2030-01-02*Sync-CdbLogger -Restamp sends it again*"
        $refused[0].Reason | Should -Not -Match 'Sort|PUT'
        ($refused | Select-Object Time, Data | ConvertTo-Csv | ConvertFrom-Csv).Time | Should -Be '2030-01-01T00:00:00Z', '2029-01-01T00:00:00Z'
        [DateTimeOffset] $refused[0].SetAsideAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-10)) -Because 'it was set aside just now'
        $kept = Connect-Cdb (Join-Path $TestDrive 'kept.cdb')
        $null = New-CdbStream kept -Schema number
        $refused[1, 0] | Export-Csv (Join-Path $TestDrive 'refused.csv')
        Import-Csv (Join-Path $TestDrive 'refused.csv') | Add-CdbDatapoint kept -Connection $kept
        (Get-CdbDatapoint kept -Connection $kept).Time | Should -Be '2029-01-01T00:00:00Z', '2030-01-01T00:00:00Z'
        (Get-CdbDatapoint kept -Connection $kept).Data | Should -Be 3, 2
        Disconnect-Cdb $kept
        $second = New-CdbLogger (Join-Path $TestDrive 'second.db') -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'second.jsonl'))
        Add-CdbLoggerStream x -Schema number -Force -Logger $second
        Import-Csv (Join-Path $TestDrive 'refused.csv') | Write-CdbLog x -Logger $second
        (Sync-CdbLogger $second).Sent | Should -Be 2
        (Get-Content (Join-Path $TestDrive 'second.jsonl') | ConvertFrom-Json).d | Should -Be 3, 2
        Stop-CdbLogger $second
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
        "$warnings" | Should -BeLike '*rejected 1 entry*older than the newest datapoint*'
        $log.Status.Destinations[0].LastError | Should -BeLike '*set aside*older*'
        { Sync-CdbLogger $log -Resend -ThrowOnFailure } | Should -Throw -ErrorId 'SinkFailed*'
        Write-CdbLog x 3 -Timestamp '2026-01-01Z' -Logger $log
        $null = Start-CdbLogger $log -OnSync { $global:outcomes.Add('sent') } -OnSyncFail { param($result) $global:outcomes.Add("$($result.SetAside) set aside") }
        Wait-Until { $global:outcomes.Count }
        $global:outcomes[0] | Should -Be '1 set aside'
        Stop-CdbLogger $log
        Remove-Variable outcomes -Scope Global
    }

    It 'runs the scripts of a running logger after a sync, given <Case>' -ForEach @(
        @{ Case = 'the logger'; By = { Sync-CdbLogger $log -WarningAction SilentlyContinue } }
        @{ Case = 'its path'; By = { Sync-CdbLogger $path -WarningAction SilentlyContinue } }
        @{ Case = 'nothing'; By = { Sync-CdbLogger -WarningAction SilentlyContinue } }
    ) {
        $global:outcomes = [Collections.Generic.List[string]]::new()
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        $log = Start-CdbLogger $path -Sink (New-CdbSink -ConnectorDb "$path.cdb") -OnSync { param($result) $global:outcomes.Add("$($result.Sent) sent") } -OnSyncFail { param($result) $global:outcomes.Add("$($result.SetAside) set aside") }
        Wait-Until { $global:outcomes.Count }
        $log.Destinations[0].LastSuccess | Should -BeNullOrEmpty -Because 'nothing was sent yet'
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Timestamp '2026-01-02Z' -Logger $log
        $null = & $by
        Wait-Until { $global:outcomes.Count -eq 2 }
        $success = $log.Destinations[0].LastSuccess
        $success | Should -Not -BeNullOrEmpty
        Write-CdbLog x 2 -Timestamp '2026-01-01Z' -Logger $log
        (& $by).ExitCode | Should -Be 3
        Wait-Until { $global:outcomes.Count -eq 3 }
        $global:outcomes | Should -Be '0 sent', '1 sent', '1 set aside'
        $log.Destinations[0].LastSuccess | Should -Be $success -Because 'everything was refused since then'
        $log.Destinations[0].LastErrorTime | Should -BeGreaterThan $success
        Stop-CdbLogger $log
        Remove-Variable outcomes -Scope Global
    }

    It 'shows no names of types in its lists' {
        $log = New-CdbLogger (Join-Path $TestDrive 'shown.db') -Sink (New-CdbSink -InfluxDb http://127.0.0.1:9 -Database d)
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        $result = Sync-CdbLogger $log -WarningAction SilentlyContinue
        $result, $log, $log.Status | Format-List | Out-String -Width 500 | Should -Not -BeLike '*ReadOnlyArray*'
        $result | Format-List | Out-String -Width 500 | Should -BeLike '*Destinations : {InfluxDb: *cannot be reached*'
        , $result.Problems | Should -BeOfType ([string[]])
        Stop-CdbLogger $log -WarningAction SilentlyContinue
    }

    It 'leaves nothing beside a file that is no logger' {
        $folder = (New-Item (Join-Path $TestDrive 'alone') -ItemType Directory).FullName
        Set-Content "$folder/notes.db" 'hello'
        Sync-CdbLogger "$folder/notes.db" -ErrorAction SilentlyContinue | Out-Null
        (Get-ChildItem $folder -Force).Name | Should -Be 'notes.db'
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
