# -WhatIf reports what the call without it would: a thing that does not exist, one that is in the way, and a value that is refused.
BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    $missing = [ordered]@{
        'Add-CdbDatapoint' = { Add-CdbDatapoint missing 1 @with }
        'Add-CdbLoggerStream' = { Add-CdbLoggerStream missing @with }
        'Add-CdbPollItem' = { Add-CdbPollItem x missing.sampler -Interval 1s -Path ./poll.json @with }
        'Backup-CdbStore' = { Backup-CdbStore ./copy.cdb -Path ./missing.cdb @with }
        'Copy-CdbStore' = { Copy-CdbStore ./missing.cdb ./copy.cdb @with }
        'Export-CdbChart' = { Export-CdbChart ./missing.svg missing @with }
        'Export-CdbCsv' = { Export-CdbCsv ./missing.csv missing @with }
        'Export-CdbItem' = { Export-CdbItem missing ./missing -Kind Stream @with }
        'Import-CdbCsv' = { Import-CdbCsv ./missing.csv @with }
        'Import-CdbItem' = { Import-CdbItem ./missing @with }
        'Install-CdbService' = { Install-CdbService -Poll ./missing.json -Name cdbtest @with }
        'New-CdbDevice' = { New-CdbDevice missing/pi @with }
        'New-CdbStream' = { New-CdbStream missing/temperature @with }
        'Register-CdbSubscription' = { Register-CdbSubscription missing { } @with }
        'Remove-CdbDatapoint' = { Remove-CdbDatapoint missing -Last 1 @with }
        'Remove-CdbDevice' = { Remove-CdbDevice missing @with }
        'Remove-CdbPollItem' = { Remove-CdbPollItem missing -Path ./poll.json @with }
        'Remove-CdbSession' = { Remove-CdbSession 4711 @with }
        'Remove-CdbStream' = { Remove-CdbStream missing @with }
        'Remove-CdbUser' = { Remove-CdbUser missing @with }
        'Reset-CdbApiKey' = { Reset-CdbApiKey missing @with }
        'Restore-CdbStore' = { Restore-CdbStore ./missing.cdb ./new.cdb @with }
        'Set-CdbDevice' = { Set-CdbDevice missing -Nickname x @with }
        'Set-CdbLogger' = { Set-CdbLogger -RemoveSink missing @with }
        'Set-CdbStream' = { Set-CdbStream missing -Nickname x @with }
        'Set-CdbUser' = { Set-CdbUser missing -Nickname x @with }
        'Start-CdbPoller' = { Start-CdbPoller ./missing.json @with }
        'Stop-CdbLogger' = { Stop-CdbLogger ./missing.db @with }
        'Uninstall-CdbService' = { Uninstall-CdbService -Name cdbtest @with }
        'Unregister-CdbSubscription' = { Unregister-CdbSubscription 4711 @with }
    }

    # Each shows one line for each of its things, which exist.
    $shown = [ordered]@{
        'Add-CdbDatapoint' = { 1..3 | Add-CdbDatapoint temperature @with }
        'Add-CdbLoggerMeasurement' = { Add-CdbLoggerMeasurement climate air @with }
        'Add-CdbLoggerStream' = { Add-CdbLoggerStream temperature @with }
        'Add-CdbPollItem' = { Add-CdbPollItem load system.uptime -Interval 1s -Path ./poll.json @with }
        'Backup-CdbStore' = { Backup-CdbStore ./copy.cdb -Path ./store.cdb @with }
        'Clear-CdbLogger' = { Clear-CdbLogger @with }
        'Copy-CdbStore' = { Copy-CdbStore ./store.cdb ./copy.cdb @with }
        'Export-CdbChart' = { Export-CdbChart ./chart.svg temperature @with }
        'Export-CdbCsv' = { Export-CdbCsv ./data.csv temperature @with }
        'Export-CdbItem' = { Export-CdbItem temperature ./exported @with }
        'Import-CdbItem' = { Import-CdbItem ./tree -Parent pi @with }
        'Install-CdbService' = { Install-CdbService ./store.cdb -DefinitionFolder . -Account root @with }
        'New-CdbDevice' = { New-CdbDevice new @with }
        'New-CdbLogger' = { New-CdbLogger ./new.db @with }
        'New-CdbSink' = { New-CdbSink -InitialState key -ApiKey x @with }
        'New-CdbStream' = { New-CdbStream new @with }
        'New-CdbUser' = { New-CdbUser new -Password (ConvertTo-SecureString 'four words of bob' -AsPlainText) @with }
        'Register-CdbSampler' = { Register-CdbSampler own.sampler { 1 } @with }
        'Register-CdbSubscription' = { Register-CdbSubscription temperature { } @with }
        'Remove-CdbDatapoint' = { Remove-CdbDatapoint temperature -Last 1 @with }
        'Remove-CdbDevice' = { Remove-CdbDevice pi @with }
        'Remove-CdbLogger' = { Remove-CdbLogger cache @with }
        'Remove-CdbPollItem' = { Remove-CdbPollItem up -Path ./poll.json @with }
        'Remove-CdbStream' = { Remove-CdbStream temperature @with }
        'Remove-CdbUser' = { Remove-CdbUser ann @with }
        'Reset-CdbApiKey' = { Reset-CdbApiKey pi @with }
        'Restore-CdbStore' = { Restore-CdbStore ./store.cdb ./restored.cdb @with }
        'Set-CdbDevice' = { Set-CdbDevice pi -Nickname x @with }
        'Set-CdbLogger' = { Set-CdbLogger -SyncPeriod 1m @with }
        'Set-CdbStream' = { Set-CdbStream temperature -Nickname x @with }
        'Set-CdbUser' = { Set-CdbUser ann -Nickname x @with }
        'Start-CdbLogger' = { Start-CdbLogger ./started.db @with }
        'Start-CdbPoller' = { Start-CdbPoller ./poll.json @with }
        'Start-CdbServer' = { Start-CdbServer ./store.cdb -Url http://127.0.0.1:0 @with }
        'Stop-CdbLogger' = { Stop-CdbLogger @with }
        'Stop-CdbPoller' = { Stop-CdbPoller @with }
        'Stop-CdbServer' = { Stop-CdbServer @with }
        'Unregister-CdbSubscription' = { Get-CdbSubscription | Unregister-CdbSubscription @with }
        'Import-CdbCsv' = { Import-CdbCsv ./rows.csv temperature @with }
    }

    # They need a service of the system, and a session of a browser.
    $unshown = 'Uninstall-CdbService', 'Remove-CdbSession'
    $lines = @{ Shown = $shown; Unshown = $unshown }

    # Each is refused: something is in the way, or a value is not valid.
    $refused = @(
        { New-CdbStream there @with }
        { New-CdbStream new -Schema '{"type":"numbr"}' @with }
        { New-CdbDevice user @with }
        { New-CdbDevice new -Role king @with }
        { New-CdbUser me -Password $secret @with }
        { New-CdbUser root -Password $secret @with }
        { New-CdbUser bob -Password $secret -Email x @with }
        { Set-CdbStream there -Schema '{"type":"numbr"}' @with }
        { Set-CdbDevice user -ApiKey short @with }
        { Set-CdbUser me -Email x @with }
        { Remove-CdbDevice user -Confirm:$false @with }
        { Add-CdbDatapoint numbers text @with }
        { Add-CdbDatapoint numbers 1 -Timestamp 2020-01-01 @with }
        { Add-CdbDatapoint pi/temperature 1 @with }
        { Backup-CdbStore ./there.csv @with }
        { Backup-CdbStore $store @with }
        { Copy-CdbStore $store ./saved.cdb @with }
        { Backup-CdbStore ./copy.zip @with }
        { Copy-CdbStore $store ./copy.zip @with }
        { Export-CdbCsv ./new.xlsx there @with }
        { Export-CdbItem there ./out.zip @with }
        { Copy-CdbStore $store ./there.csv @with }
        { Restore-CdbStore ./there.csv ./new.cdb @with }
        { Restore-CdbStore ./saved.cdb $store -Force @with }
        { Restore-CdbStore ./saved.cdb ./saved.cdb -Force @with }
        { Export-CdbItem there ./folder @with }
        { Export-CdbCsv ./there.csv there -NoClobber @with }
        { Export-CdbCsv ./nowhere/new.csv there @with }
        { Export-CdbChart ./there.svg numbers -NoClobber @with }
        { Export-CdbChart ./nowhere/new.svg numbers @with }
        { Export-CdbChart ./new.svg numbers -Right there @with }
        { Export-CdbChart ./new.svg @with }
        { Export-CdbCsv ./new.csv @with }
        { Import-CdbItem ./exported @with }
        { Add-CdbLoggerMeasurement climate other @with }
        { Add-CdbPollItem up system.uptime -Interval 1s -Path ./poll.json @with }
        { New-CdbLogger ./there.csv @with }
        { Start-CdbLogger ./there.csv @with }
        { Start-CdbServer ./there.csv @with }
        { Start-CdbServer ./new.cdb -Setting @{ Urll = 1 } @with }
        { Register-CdbSubscription numbers { } -Transform 'if (' @with }
        { Register-CdbSampler nodots { } @with }
    ) | ForEach-Object { @{ Cmdlet = $_.Ast.EndBlock.Statements[0].PipelineElements[0].GetCommandName(); Call = $_ } }

    # They make something new, or take objects that exist.
    $without = 'Add-CdbLoggerMeasurement', 'Clear-CdbLogger', 'New-CdbLogger', 'New-CdbSink', 'New-CdbUser', 'Register-CdbSampler', 'Remove-CdbLogger',
        'Start-CdbLogger', 'Start-CdbServer', 'Stop-CdbPoller', 'Stop-CdbServer'
    $calls = $missing.GetEnumerator() | ForEach-Object { @{ Cmdlet = $_.Key; Call = $_.Value } }
    $all = @{ Covered = @($missing.Keys) + $without }
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Push-Location $TestDrive
    '{ "items": [ { "name": "up", "key": "system.uptime", "interval": 60 } ] }' | Set-Content ./poll.json
    $null = New-CdbLogger ./cache.db -Sink (New-CdbSink -ConnectorDb $store)
    Add-CdbLoggerMeasurement climate air
    $secret = ConvertTo-SecureString 'four words of bob' -AsPlainText
    $null = New-CdbStream there
    $null = New-CdbStream numbers -Schema number
    $null = New-CdbDevice pi -Stream @{ temperature = 'number' }
    Add-CdbDatapoint numbers 1
    $null = Backup-CdbStore ./saved.cdb
    $null = Export-CdbItem there ./exported
    $null = New-Item ./folder -ItemType Directory
    Export-CdbCsv ./there.csv numbers
    Set-Content ./there.svg ''

    # The error of a call, with or without -WhatIf.
    function Get-CallError([scriptblock] $Call, [hashtable] $with) {
        try {
            $null = & $Call
        }
        catch {
            $_
        }
    }
}

AfterAll {
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
    Pop-Location
}

Describe '-WhatIf' {
    It 'of <Cmdlet> reports a missing target, as without it' -ForEach $calls {
        $tried = Get-CallError $Call @{ WhatIf = $true }
        $done = Get-CallError $Call @{}
        $tried | Should -Not -BeNullOrEmpty
        $tried.FullyQualifiedErrorId | Should -Be $done.FullyQualifiedErrorId
        "$tried" | Should -Be "$done"
    }

    It 'of <Cmdlet> reports what refuses it: <Call>' -ForEach $refused {
        $tried = Get-CallError $Call @{ WhatIf = $true }
        $done = Get-CallError $Call @{}
        $tried | Should -Not -BeNullOrEmpty
        $tried.FullyQualifiedErrorId | Should -Be $done.FullyQualifiedErrorId
        "$tried" | Should -Be "$done"
    }

    It 'of Add-CdbDatapoint stores nothing, and warns of what it would' {
        $stream = New-EmptyStream @{ type = 'number' }
        1, 2 | Add-CdbDatapoint $stream -WhatIf -PassThru | Should -BeNullOrEmpty
        Add-CdbDatapoint $stream 1 -Timestamp ([datetime]::Now.AddDays(30)) -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*more than a day ahead*'
        (Get-CdbStream $stream).Datapoints | Should -Be 0
    }

    It 'is tested for every cmdlet that has it' -ForEach $all {
        $names = Get-Command -Module ConnectorDb -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name
        $Covered | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'shows one line for each thing' -ForEach $lines {
        $all = Get-Command -Module ConnectorDb -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name
        @($Shown.Keys) + $Unshown | Sort-Object | Should -Be ($all | Sort-Object)

        # The host writes the lines, so another pwsh has one to read from.
        $null = New-Item ./shown -ItemType Directory
        Set-Content ./shown/rows.csv 'time,value', '1700000000,1'
        Copy-Item ./poll.json ./shown
        @(
            "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$manifest'; Set-Location '$TestDrive/shown'; `$null = Connect-Cdb ./store.cdb"
            '$null = New-CdbDevice pi; $null = New-CdbUser ann -Password (ConvertTo-SecureString "four words of ann" -AsPlainText)'
            '$null = New-CdbStream temperature -Schema number; Add-CdbDatapoint temperature 1; $null = Export-CdbItem temperature ./tree'
            '$null = Register-CdbSubscription temperature { }; $null = Start-CdbServer ./store.cdb -Url http://127.0.0.1:0'
            '$null = New-CdbLogger ./cache.db -Sink (New-CdbSink -ConnectorDb ./store.cdb); $null = Start-CdbPoller'
            $Shown.GetEnumerator() | ForEach-Object { "'== $($_.Key)'; $($_.Value -replace '@with', '-WhatIf')" }
            "'== end'; Stop-CdbPoller; Stop-CdbLogger -WarningAction Ignore; Stop-CdbServer; Get-CdbConnection | Disconnect-Cdb"
        ) | Set-Content ./shown.ps1
        $text = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -File ./shown.ps1 *>&1 | Out-String -Width 500
        foreach ($cmdlet in $Shown.Keys) {
            $part = ($text -split "== $cmdlet\r?\n")[1] -split '== ' | Select-Object -First 1
            [regex]::Matches($part, '(?m)^What if: ').Count | Should -Be 1 -Because "$cmdlet shows: $part"
            $part | Should -Not -Match '(?m)^(WARNING|Made|\S+-Cdb\w+: )' -Because $cmdlet
        }
    }

    It 'promises nothing after an error: <_>' -ForEach 'Export-CdbChart ./new.svg missing', 'Export-CdbChart ./new.svg numbers -Right missing', 'Export-CdbCsv ./new.csv numbers, missing', 'Export-CdbChart ./new.svg missing*', 'Export-CdbCsv ./new.csv missing*' {
        $text = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command "Import-Module '$manifest'; `$null = Connect-Cdb ./promises.cdb; if (-not (Test-CdbItem numbers)) { `$null = New-CdbStream numbers }; $_ -WhatIf" *>&1 | Out-String -Width 500
        $text | Should -Match 'missing|nothing to draw|No stream matches'
        $text | Should -Not -Match 'What if:'
    }

    It 'of Set-CdbDevice names the changes, without secrets and cut where they are long' {
        $script = "Import-Module '$manifest'; `$null = Connect-Cdb './seen.cdb'; `$null = New-CdbDevice pi; Set-CdbDevice pi -Nickname Pi -Description ('long' * 250) -ApiKey ('secret' * 5) -WhatIf"
        Push-Location $TestDrive
        $said = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command $script
        Pop-Location
        "$said" | Should -BeLike "*`"Change the device: nickname 'Pi', description 'long*', apikey`"*"
        "$said" | Should -Not -BeLike '*secret*'
        "$said".Length | Should -BeLessThan 500
    }

    It 'of Start-CdbServer tries the address' {
        $running = Start-CdbServer $store -Url http://127.0.0.1:0
        { Start-CdbServer $store -Url $running.Url -WhatIf } | Should -Throw -ErrorId 'ServerNotStarted*' -ExpectedMessage '*another program uses this address*'
        Stop-CdbServer $running
        { Start-CdbServer $store -Url $running.Url -WhatIf } | Should -Not -Throw
    }

    It 'asks no question about what is missing' {
        { Remove-CdbStream missing } | Should -Throw -ErrorId 'NotFound,*'
    }
}

Describe '-WhatIf of a login without the right, <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        $rights = "$TestDrive/rights $_.cdb"
        $owner = Connect-Cdb $rights -NoDefault
        $bobsSecret = ConvertTo-SecureString 'four words of bob' -AsPlainText
        $null = New-CdbUser bob -Password $bobsSecret -Public -Device @{ locked = @{ usereditable = $false } } -Connection $owner
        $device = New-CdbDevice shown -Public -Stream @{ t = 'number' } -Connection $owner
        $ownDevice = Connect-Cdb $rights -As me/shown -NoDefault
        1, 2 | Add-CdbDatapoint t -Connection $ownDevice
        if ($_ -eq 'over a server') {
            $key = (Get-CdbDevice me/user -Connection $owner).ApiKey
            Disconnect-Cdb $owner
            Disconnect-Cdb $ownDevice
            $served = Start-CdbServer $rights -Url http://127.0.0.1:0
            $owner = Connect-Cdb -Url $served.Url -ApiKey $key -NoDefault
            $ownDevice = Connect-Cdb -Url $served.Url -ApiKey $device.ApiKey -NoDefault
            $bob = Connect-Cdb -Url $served.Url -Credential ([pscredential]::new('bob', $bobsSecret)) -NoDefault
        }
        else {
            $bob = Connect-Cdb $rights -Credential ([pscredential]::new('bob', $bobsSecret)) -NoDefault
        }
    }

    AfterAll {
        $owner, $bob, $ownDevice | Disconnect-Cdb
        if ($served) { Stop-CdbServer $served }
    }

    It 'reports what refuses it: <Call>' -ForEach @(
        @{ Call = { Remove-CdbUser me -Connection $owner -Confirm:$false @with } }
        @{ Call = { Set-CdbUser me -Role user -Connection $owner @with } }
        @{ Call = { New-CdbUser carl -Password $bobsSecret -Email carl@example.com -Connection $bob @with } }
        @{ Call = { Set-CdbUser bob -Role admin -Connection $bob @with } }
        @{ Call = { Remove-CdbUser bob -Connection $bob -Confirm:$false @with } }
        @{ Call = { Set-CdbDevice locked -Nickname x -Connection $bob @with } }
        @{ Call = { Remove-CdbDevice locked -Connection $bob -Confirm:$false @with } }
        @{ Call = { New-CdbStream locked/new -Connection $bob @with } }
        @{ Call = { Set-CdbDevice me/shown -Nickname x -Connection $bob @with } }
        @{ Call = { Remove-CdbDevice me/shown -Connection $bob -Confirm:$false @with } }
        @{ Call = { Reset-CdbApiKey me/shown -Connection $bob @with } }
        @{ Call = { New-CdbStream me/shown/new -Connection $bob @with } }
        @{ Call = { Set-CdbStream me/shown/t -Nickname x -Connection $bob @with } }
        @{ Call = { Remove-CdbStream me/shown/t -Connection $bob -Confirm:$false @with } }
        @{ Call = { Remove-CdbDatapoint me/shown/t -Last 1 -Connection $bob -Confirm:$false @with } }
        @{ Call = { New-CdbDevice me/other -Connection $ownDevice @with } }
        @{ Call = { Set-CdbDevice me/shown -Role user -Connection $ownDevice @with } }
        @{ Call = { Remove-CdbDevice me/shown -Connection $ownDevice -Confirm:$false @with } }
    ) {
        $tried = Get-CallError $Call @{ WhatIf = $true }
        $done = Get-CallError $Call @{}
        $tried | Should -Not -BeNullOrEmpty
        "$tried" | Should -Be "$done"
        $tried.FullyQualifiedErrorId | Should -Be $done.FullyQualifiedErrorId
    }

    It 'reports nothing where the login has the right: <Call>' -ForEach @(
        @{ Call = { Remove-CdbUser bob -Connection $owner @with } }
        @{ Call = { Set-CdbUser bob -Role admin -Connection $owner @with } }
        @{ Call = { Set-CdbDevice bob/locked -Nickname x -Connection $owner @with } }
        @{ Call = { Set-CdbUser bob -Nickname x -Connection $bob @with } }
        @{ Call = { New-CdbDevice new -Role writer -Stream @{ t = 'number' } -Connection $bob @with } }
        @{ Call = { New-CdbStream new -Connection $bob @with } }
        @{ Call = { Reset-CdbApiKey bob/user -Connection $bob @with } }
        @{ Call = { Set-CdbStream me/shown/t -Nickname x -Schema '{ "type": "number" }' -Connection $ownDevice @with } }
        @{ Call = { Remove-CdbStream me/shown/t -Connection $ownDevice @with } }
        @{ Call = { Remove-CdbDatapoint me/shown/t -Last 1 -Connection $ownDevice @with } }
        @{ Call = { Get-CdbDevice me/shown -Connection $ownDevice | Set-CdbDevice -Nickname x -Connection $ownDevice @with } }
    ) {
        Get-CallError $Call @{ WhatIf = $true } | Should -BeNullOrEmpty
    }
}
