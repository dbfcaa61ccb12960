# -Verbose: what is sent, retried, sealed and skipped.
BeforeAll {
    . "$PSScriptRoot/store.ps1"

    # The verbose messages of a script; its other output is dropped.
    function Get-Step([scriptblock] $Script) {
        & $Script 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
    }
}

AfterAll {
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe '-Verbose' {
    It 'tells of stored datapoints and sealed segments' {
        $path = New-EmptyStream number
        $steps = Get-Step { Add-CdbDatapoint $path -Value (1..5000) -Verbose }
        $steps | Should -Contain "Stored 5,000 datapoints in '$path'."
        $steps -like 'Sealed a segment: 4,096 datapoints*' | Should -HaveCount 1
        Get-Step { Add-CdbDatapoint $path 1 } | Should -BeNullOrEmpty
    }

    It 'tells of datapoints that a query skips' {
        $path = New-EmptyStream number
        Add-CdbDatapoint $path -Value (1..5000)
        Get-Step { Get-CdbDatapoint $path -Transform 'count | if last' -Verbose } | Should -BeLike 'Skipped *of 5,000 datapoints*'
    }

    It 'tells of the cmdlet that has it, and of no other in the pipeline' {
        $path = New-EmptyStream number
        $steps = Get-Step { 1, 2 | Invoke-CdbTransform '$ * 2' | ForEach-Object Data | Add-CdbDatapoint $path -Verbose | Out-Null }
        $steps -like 'Stored*' | Should -Not -BeNullOrEmpty
        Get-Step { Import-CdbCsv (New-Item "$TestDrive/$([guid]::NewGuid()).csv" -Value "time,a`n2026-01-01Z,1`n") -Stream $path -WarningAction Ignore | Out-Null } | Should -BeNullOrEmpty
    }

    It 'follows $VerbosePreference' {
        $path = New-EmptyStream number
        $VerbosePreference = 'Continue'
        Get-Step { Add-CdbDatapoint $path 1 } | Should -Contain "Stored 1 datapoint in '$path'."
    }

    It 'tells of entries that a logger writes, sends and keeps' {
        $log = New-CdbLogger "$TestDrive/told.db" -Sink (New-CdbSink -JsonFile "$TestDrive/told.jsonl")
        Add-CdbLoggerStream numbers -Force
        Get-Step { Write-CdbLog numbers 1.5 -Verbose } | Should -Be 'Logged numbers: 1.5'
        Get-Step { Sync-CdbLogger -Verbose } | Should -Contain "JsonFile: sent 1 of 1 entry of 'numbers'."
        Set-CdbLogger -RemoveSink JsonFile
        Set-CdbLogger -Sink (New-CdbSink -JsonFile "$store/below.jsonl")
        Write-CdbLog numbers 2
        (Get-Step { Sync-CdbLogger -Verbose -WarningAction Ignore }) -like '*keeps the entries*the next attempt follows in * s.' | Should -HaveCount 1
        Stop-CdbLogger -WarningAction Ignore
    }

    It 'tells of the syncs in the background' {
        $script = "`$log = Start-CdbLogger '$TestDrive/back.db' -Sink (New-CdbSink -JsonFile '$TestDrive/back.jsonl') -Verbose; while (-not `$log.LastSync) { `$null = [Threading.Thread]::Yield() }; Stop-CdbLogger"
        $pwsh = Start-Pwsh $script
        $pwsh.StandardOutput.ReadToEnd() | Should -BeLike '*VERBOSE: *back.db, sync: JsonFile: 0 sent*'
    }

    It 'tells only of syncs in the background that changed something' {
        $script = "`$log = Start-CdbLogger '$TestDrive/often.db' -AutoDeclare -SyncPeriod 1s -Sink (New-CdbSink -JsonFile '$TestDrive/often.jsonl') -Verbose; `$first = `$null; while (`$ends.Count -lt 3) { `$ends = @(`$ends) + `$log.LastSync | Where-Object { `$_ } | Select-Object -Unique }; Write-CdbLog x 1; Stop-CdbLogger"
        $pwsh = Start-Pwsh $script
        $lines = $pwsh.StandardOutput.ReadToEnd() -split '\r?\n' -like '*often.db, sync*'
        @($lines -like '*: 0 sent*').Count | Should -Be 1
        @($lines -like '*: 1 sent*').Count | Should -Be 1
    }

    # One session; each line goes on where the one before it ended.
    It 'tells what cmdlets of loggers, pollers, services and connections did' {
        Push-Location (New-Item "$TestDrive/done" -ItemType Directory)
        $ConfirmPreference = 'None'
        try { foreach ($line in @(
                @{ Call = 'Connect-Cdb ./done.cdb -NoDefault'; Says = "Connected to *done.cdb as me/user, version *." }
                @{ Call = 'Select-CdbConnection done'; Says = 'Cmdlets without -Connection now use *done.cdb*' }
                @{ Call = 'New-CdbStream x'; Says = '*"Create the stream"*me/user/x*' }
                @{ Call = 'Register-CdbSubscription x { }'; Says = "Runs the action of subscription * for new datapoints of 'me/user/x'." }
                @{ Call = 'Get-CdbSubscription | Unregister-CdbSubscription'; Says = 'Ended subscription * after 0 datapoints.' }
                @{ Call = 'New-CdbLogger ./a.db'; Says = "Made a new logger in *a.db'." }
                @{ Call = 'Add-CdbLoggerStream n number -Force'; Says = "Declared the stream 'n' with the schema *number*" }
                @{ Call = 'Add-CdbLoggerMeasurement m a, b c'; Says = "Declared the measurement 'm' with the fields a, b and the tags c." }
                @{ Call = 'Write-CdbLog n 1'; Says = 'Logged n: 1' }
                @{ Call = 'Set-CdbLogger -Sink (New-CdbSink -JsonFile ./a.jsonl) -SyncPeriod 1h'; Says = "Added the destination 'JsonFile': *a.jsonl.", "Changed SyncPeriod of the logger *a.db'." }
                @{ Call = 'Test-CdbLogger'; Says = 'JsonFile: *' }
                @{ Call = 'Test-CdbSink (Get-CdbLogger).Sinks'; Says = 'The first write will create *a.jsonl*' }
                @{ Call = 'Clear-CdbLogger'; Says = "Deleted 1 waiting entry of *a.db'." }
                @{ Call = 'Start-CdbLogger a'; Says = 'Sends to JsonFile (*a.jsonl) every 01:00:00.' }
                @{ Call = 'Set-CdbLogger -RemoveSink JsonFile'; Says = "Removed the destination 'JsonFile'." }
                @{ Call = 'Stop-CdbLogger'; Says = "Closed the logger *a.db': *0 entries*" }
                @{ Call = 'New-CdbLogger ./a.db'; Says = "Opened the logger *a.db': 0 entries wait." }
                @{ Call = 'Add-CdbPollItem up system.uptime -Interval 1h -Path ./poll.json'; Says = "Added 'up' to *poll.json'*" }
                @{ Call = 'Start-CdbPoller ./poll.json'; Says = 'Started to poll 1 item into the logger *a.db*', "Polls 'up' *" }
                @{ Call = 'Add-CdbPollItem down system.uptime -Interval 1h'; Says = "Polls 'down' every 01:00:00." }
                @{ Call = 'Remove-CdbPollItem down'; Says = "Stopped to poll 'down'." }
                @{ Call = 'Stop-CdbPoller'; Says = 'Stopped the poller*' }
                @{ Call = 'Register-CdbSampler my.thing { 1 }'; Says = "Registered the sampler 'my.thing'*" }
                @{ Call = 'Get-CdbLogger a | Remove-CdbLogger'; Says = 'Deleted the logger *a.db*' }
                @{ Call = 'Start-CdbServer ./done.cdb -Url http://127.0.0.1:0'; Says = "Started process *, which serves '*done.cdb' at http*" }
                @{ Call = 'Stop-CdbServer'; Says = 'Stopped the server at http*' }
                @{ Call = 'Disconnect-Cdb'; Says = 'Closed the connection *done.cdb*' }
            )) {
            $steps = Get-Step ([scriptblock]::Create("$($line.Call) -Verbose 3>`$null 6>`$null"))
            foreach ($text in $line.Says) { @($steps) -like $text | Should -HaveCount 1 -Because "$($line.Call) says $steps" }
        } }
        finally { Pop-Location }
    }

    It 'tells what was created, changed and deleted' {
        $secret = ConvertTo-SecureString 'a long enough password' -AsPlainText
        Get-Step { New-CdbStream told -Schema number -Description 'a b' -Verbose } | Should -Contain "Created 'me/user/told': description 'a b', schema '{`"type`":`"number`"}'."
        Get-Step { New-CdbDevice plain -Verbose } | Should -Contain "Created 'me/plain'."
        Get-Step { New-CdbUser told -Password $secret -Verbose } | Should -Contain "Created 'told': password."
        Get-Step { Set-CdbStream told -Ephemeral -Description '' -Verbose } | Should -Contain "Changed 'me/user/told': description '', ephemeral 'True'."
        Get-Step { Get-CdbStream told | Set-CdbStream -Verbose } | Should -Contain "Changed nothing of 'me/user/told', because no property was set."
        Get-Step { Set-CdbUser told -Password $secret -Nickname T -Verbose } | Should -Contain "Changed 'told': nickname 'T', password."
        Get-Step { Set-CdbDevice plain -Public -Verbose } | Should -Contain "Changed 'me/plain': public 'True'."
        Set-CdbStream told -Ephemeral:$false
        Add-CdbDatapoint told 1, 2
        Get-Step { Remove-CdbStream told -Confirm:$false -Verbose } | Should -Contain "Deleted 'me/user/told' with 2 datapoints."
        Get-Step { Remove-CdbDevice plain -Confirm:$false -Verbose } | Should -Contain "Deleted 'me/plain' with 0 streams."
        Get-Step { Remove-CdbUser told -Confirm:$false -Verbose } | Should -Contain "Deleted 'told' with 2 devices."
    }

    It 'tells of copies, exports and imports' {
        $path = New-EmptyStream number
        Add-CdbDatapoint $path 1, 2
        (Get-Step { Backup-CdbStore "$TestDrive/copy.cdb" -Verbose })[-1] | Should -BeLike 'Copied *streams with *datapoints*verified*'
        (Get-Step { Export-CdbItem $path "$TestDrive/item" -Verbose })[-1] | Should -BeLike "Exports '$path'*"
        (Get-Step { Export-CdbCsv "$TestDrive/one.csv" $path -Verbose })[-1] | Should -BeLike "Exported 2 datapoints of $path to*"
        (Get-Step { Import-CdbCsv "$TestDrive/one.csv" -Verbose })[-1] | Should -BeLike '*stored 0 datapoints, skipped 2 that were there already*'
    }

    It 'tells of requests to a server, and of attempts that failed' {
        $key = (Get-CdbDevice user).ApiKey
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $remote = Connect-Cdb -Url $server.Url -ApiKey $key
        $steps = Get-Step { Get-CdbUser me -Connection $remote -Verbose }
        $steps | Should -BeLike "GET $($server.Url)*api/v1/crud/me*: 200 OK"
        "$steps" | Should -Not -BeLike "*$key*"
        Stop-CdbServer $server
        $failed = Get-Step { try { Get-CdbUser me -Connection $remote -Verbose } catch { $null = $_ } }
        $failed[0] | Should -BeLike 'GET *: Connection refused*'
        $failed[1] | Should -BeLike 'Attempt 1 of * failed. The next one follows in * s.'
        Disconnect-Cdb $remote
    }
}
