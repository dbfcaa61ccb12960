# -WhatIf on a thing that does not exist is the error of the call without it.
BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    $missing = [ordered]@{
        'Add-CdbDatapoint' = { Add-CdbDatapoint missing 1 @with }
        'Add-CdbLoggerStream' = { Add-CdbLoggerStream missing @with }
        'Add-CdbPollItem' = { Add-CdbPollItem x missing.sampler -Interval 1s -Path ./poll.json @with }
        'Backup-CdbStore' = { Backup-CdbStore ./copy.cdb -Path ./missing.cdb @with }
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

    It 'of <Cmdlet> says that the object exists' -ForEach @(
        @{ Cmdlet = 'New-CdbStream'; Call = { $null = New-CdbStream there -ErrorAction Ignore; New-CdbStream there @with } }
        @{ Cmdlet = 'New-CdbDevice'; Call = { New-CdbDevice user @with } }
        @{ Cmdlet = 'New-CdbUser'; Call = { New-CdbUser me @with -Password (ConvertTo-SecureString 'four words of bob' -AsPlainText) } }
    ) {
        $tried = Get-CallError $Call @{ WhatIf = $true }
        $tried.FullyQualifiedErrorId | Should -BeLike 'NameTaken,*'
        "$tried" | Should -Be "$(Get-CallError $Call @{})"
    }

    It 'is tested for every cmdlet that has it' -ForEach $all {
        $names = Get-Command -Module ConnectorDb -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name
        $Covered | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'asks no question about what is missing' {
        { Remove-CdbStream missing } | Should -Throw -ErrorId 'NotFound,*'
    }
}
