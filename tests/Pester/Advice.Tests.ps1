# A message that advises a command shows one that works when it is pasted. Every command in the source is whole, and each kind of message
# that can be provoked here is provoked, and its command is run.
BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    . "$PSScriptRoot/advice.ps1"

    # Not messages, a mark in a file, or messages that put a command together from its parameters; those are provoked below.
    $other = 'RestWording.cs', 'ScriptRunspace.cs', 'Import.cs', 'ImportData.cs', 'AddressCheck.cs', 'SinkKindChoice.cs', 'ChannelDeclaration.cs', 'KeptProperties.cs', 'LabelSet.cs'
    $sources = Get-SourceAdvice "$PSScriptRoot/../../src" | Where-Object File -NotIn $other

    $provoked = @(
        @{ Advises = 'Set-CdbStream -Downlink'; Call = { Add-CdbDatapoint pi/temperature 1 } }
        @{ Advises = 'Remove-CdbDatapoint -After'; Call = { Add-CdbDatapoint ahead 1 -Timestamp ([datetime]::Now.AddDays(30)) } }
        @{ Advises = 'Remove-CdbDatapoint -After'; Call = { Add-CdbDatapoint ahead 1 -Timestamp ([datetime]::Now.AddDays(30)) -WarningAction Ignore; Add-CdbDatapoint ahead 1 } }
        @{ Advises = 'Remove-CdbDatapoint -After'; Call = { Add-CdbLoggerStream ahead -Force; Write-CdbLog ahead 1 -Timestamp ([datetime]::Now.AddDays(30)) } }
        @{ Advises = 'Remove-CdbDatapoint -After'; Call = { Set-Content ./ahead.csv 'time,v', "$([datetime]::UtcNow.AddDays(30).ToString('o')),1"; Import-CdbCsv ./ahead.csv ahead } }
        @{ Advises = 'Set-CdbUser -Password'; Call = { Export-CdbItem carl ./carl; Remove-CdbUser carl; Import-CdbItem ./carl } }
        @{ Advises = 'Set-CdbDevice -UserEditable'; Call = { Set-CdbDevice bob/fixed -Nickname x -Connection $bob } }
        @{ Advises = 'Add-CdbLoggerStream -Schema -Replace'; Call = { Add-CdbLoggerStream numbers -Schema string -Force } }
        @{ Advises = 'Add-CdbLoggerStream'; Call = { New-CdbLogger ./typed.db -Sink (New-CdbSink -ConnectorDb $store); Add-CdbLoggerStream pi/temperature -Schema string } }
        @{ Advises = 'Set-CdbStream -Schema -Connection'; Call = { New-CdbLogger ./typed2.db -Sink (New-CdbSink -ConnectorDb $store); Add-CdbLoggerStream pi/temperature -Schema string } }
        @{ Advises = 'Set-CdbStream -Description -Connection'; Call = { New-CdbLogger ./kept.db -Sink (New-CdbSink -ConnectorDb $store); Add-CdbLoggerStream pi/temperature -Description "it's ours" } }
        @{ Advises = 'Add-CdbLoggerStream -Schema -Description -Force -Replace'; Call = { New-CdbLogger ./told.db; Add-CdbLoggerStream told -Schema number -Description a -Force; Add-CdbLoggerStream told -Description "it's b" -Force } }
        @{ Advises = 'Set-CdbStream -Label'; Call = { $stream.Labels['room'] = "Ann's" } }
        @{ Advises = 'Get-CdbStream | Add-CdbDatapoint -Value'; Call = { Get-CdbStream older | Add-CdbDatapoint 7 } }
        @{ Advises = 'Get-CdbDatapoint | Add-CdbDatapoint -Stream'; Call = { Get-CdbStream older | Add-CdbDatapoint copied } }
        @{ Advises = 'Add-CdbLoggerMeasurement -Field -Tag -Replace'; Call = { Add-CdbLoggerMeasurement m a -Replace; Add-CdbLoggerMeasurement m "it's", b -Tag c } }
        @{ Advises = 'Set-CdbLogger -AutoDeclare'; Call = { Write-CdbLog unknown 1 } }
        @{ Advises = 'Set-CdbLogger -MaxBytes'; Call = { New-CdbLogger ./small.db -MaxBytes 1000; Add-CdbLoggerStream any -Force; Write-CdbLog any ('x' * 2000) } }
        @{ Advises = 'Set-CdbLogger -MaxAge'; Call = { New-CdbLogger ./young.db -MaxAge 0.001; Add-CdbLoggerStream any -Force; Write-CdbLog any 1; [Threading.Thread]::Sleep(5); Write-CdbLog any 2 } }
        @{ Advises = 'Set-CdbLogger -Sink'; Call = { New-CdbLogger ./alone.db; Sync-CdbLogger } }
        @{ Advises = 'Set-CdbLogger -Sink'; Call = { Test-CdbLogger (New-CdbLogger ./untested.db) } }
        @{ Advises = 'Set-CdbLogger -RemoveSink'; Call = { New-CdbLogger ./moved.db -Sink (New-CdbSink -JsonFile ./a.jsonl); Add-CdbLoggerStream any -Force; Write-CdbLog any 1; Set-CdbLogger -Sink (New-CdbSink -JsonFile ./b.jsonl) } }
        @{ Advises = 'Sync-CdbLogger'; Call = { $other = New-CdbLogger ./stopped.db -Sink (New-CdbSink -JsonFile ./a.jsonl); Add-CdbLoggerStream any -Force; Write-CdbLog any 1; Stop-CdbLogger $other } }
        @{ Advises = 'Get-CdbLogger -SetAside'; Call = { New-CdbLogger ./aside.db -Sink (New-CdbSink -ConnectorDb $store); Add-CdbLoggerStream older -Force; Write-CdbLog older 1 -Timestamp 2020-01-01; Sync-CdbLogger } }
        @{ Advises = 'Sync-CdbLogger -Restamp'; Call = { New-CdbLogger ./aside2.db -Sink (New-CdbSink -ConnectorDb $store); Add-CdbLoggerStream older -Force; Write-CdbLog older 1 -Timestamp 2020-01-01; Sync-CdbLogger } }
        @{ Advises = 'New-CdbSink -ConnectorDb'; Call = { New-CdbSink -ConnectorDb 127.0.0.1:8000 } }
        @{ Advises = 'Get-CdbStream'; Call = { Add-CdbDatapoint 'pi/*' 1 } }
        @{ Advises = 'Set-CdbDevice -Public'; Call = { $null = New-CdbDevice bob/seen -Public; Set-CdbUser bob -Public:$false } }
        @{ Advises = 'Import-CdbItem -Parent -NoApiKey'; Call = { Export-CdbItem pi ./pi; Import-CdbItem ./pi -Parent bob } }
        @{ Advises = 'Get-CdbStream'; Call = { Invoke-CdbDataset -X 'pi/*' -Column older } }
        @{ Advises = 'Get-CdbStream | Export-CdbItem'; Call = { Get-CdbStream 'pi/*' | Export-CdbItem pi/lamp ./both } }
        @{ Advises = 'Get-CdbSampler'; Call = { Add-CdbPollItem x net.ping -Interval 1h -Path ./poll.json } }
        @{ Advises = 'Add-CdbPollItem -Interval -Path'; Call = { Start-CdbPoller ./missing.json } }
        @{ Advises = 'New-CdbStream -Schema'; Call = { Set-Content ./units.csv 'time,v', '2026-01-01,5 C', '2026-01-02,6 C'; Import-CdbCsv ./units.csv units -CreateStream -WhatIf } }
        @{ Advises = 'Get-CdbStream -Recurse'; Call = { Get-CdbStream nowhere -Recurse } }
        @{ Advises = 'Get-ChildItem -File | Import-CdbCsv'; Call = { $null = mkdir ./folder; Import-CdbCsv ./folder } }
        @{ Advises = 'Select-CdbConnection'; Call = { $null = Connect-Cdb ./second.cdb } }
        @{ Advises = 'Add-CdbLoggerStream -Force'; Call = { New-CdbLogger ./away.db -Sink (New-CdbSink -ConnectorDb http://127.0.0.1:9 -ApiKey k); Add-CdbLoggerStream steps } }
        @{ Advises = 'Get-CdbStream | Select-Object -First | Show-CdbChart'; Call = { 1..51 | ForEach-Object { $null = New-CdbStream "many$_" }; Show-CdbChart many* } }
        @{ Advises = 'Export-CdbChart -Right'; Call = { Export-CdbChart ./some.svg older -Right copied } }
        @{ Advises = 'Get-CdbPollItem -Path'; Call = { Add-CdbPollItem up system.uptime -Interval 1h -Path ./some.json; Remove-CdbPollItem none* -Path ./some.json } }
        @{ Advises = 'Get-Help'; Call = { New-CdbSink } }
        @{ Advises = 'Start-CdbLogger'; Call = { Get-CdbLogger | Stop-CdbLogger -WarningAction Ignore; Start-CdbLogger } }
        @{ Advises = 'Get-CdbStream | Export-CdbCsv'; Call = { Export-CdbItem older ./older.csv } }
        @{ Advises = 'Backup-CdbStore'; Call = { Export-CdbItem older ./older.cdb } }
        @{ Advises = 'Import-CdbCsv'; Call = { Set-Content ./rows.csv 'time,older', '2026-12-01,1'; Import-CdbItem ./rows.csv } }
        @{ Advises = 'Connect-Cdb'; Call = { $null = Backup-CdbStore ./kept.cdb; Import-CdbItem ./kept.cdb } }
        @{ Advises = 'Get-CdbConnection | Disconnect-Cdb'; Call = { $null = Backup-CdbStore ./copy.cdb -Force; Restore-CdbStore ./copy.cdb $store -Force } }
    )
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    . "$PSScriptRoot/logger.ps1"
    . "$PSScriptRoot/advice.ps1"
    $secret = ConvertTo-SecureString 'four words of bob' -AsPlainText
    $null = New-CdbUser bob -Password $secret -Device @{ fixed = @{ usereditable = $false } }
    $null = New-CdbUser carl -Password $secret
    $bob = Connect-Cdb $store -Credential ([pscredential]::new('bob', $secret)) -NoDefault
    $null = New-CdbDevice pi -Stream @{ temperature = @{ schema = 'number' }; lamp = @{ downlink = $true } }
    $null = New-CdbStream older, ahead, copied
    $stream = Get-CdbStream older
    Add-CdbDatapoint older 1
    Add-CdbDatapoint pi/lamp 1
    Push-Location $TestDrive

    # All errors and warnings of a call, as one text.
    function Get-Message([scriptblock] $Call) {
        $ErrorActionPreference = 'Continue'
        try { $records = & $Call 2>&1 3>&1 } catch { $records = $_ }
        ($records | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.WarningRecord] -or $_.Problems } | ForEach-Object { $_.Problems ?? "$_" }) -join "`n"
    }
}

AfterAll {
    Pop-Location
    Get-CdbLogger | Stop-CdbLogger -WarningAction Ignore
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Advice in a message' {
    It 'is a whole command in the source' -ForEach @{ Sources = $sources } {
        $Sources | Should -Not -BeNullOrEmpty
        $Sources | ForEach-Object { foreach ($problem in Get-AdviceProblem $_.Command) { "$($_.File), line $($_.Line): $($_.Command): $problem" } } | Should -BeNullOrEmpty
    }

    It 'runs: <Advises>, of <Call>' -ForEach $provoked {
        $ConfirmPreference, $ProgressPreference = 'None', 'SilentlyContinue'
        $message = Get-Message $Call
        $command = Get-Advice $message | Where-Object { (Get-AdviceShape $_) -eq $Advises } | Select-Object -First 1
        $command | Should -Not -BeNullOrEmpty -Because $message
        $null = Invoke-Expression ($command -replace '\(Read-Host -AsSecureString\)', '$secret') -WarningAction Ignore
    }

    It 'is run for every command with arguments' -ForEach @{ Advised = $sources.Command; Provoked = $provoked.Advises } {
        # They need Ctrl+C, a damaged or newer file, a session that nobody has, another process, or a question to the user; one is half of a command that is run above.
        $without = 'Get-CdbDatapoint -Last', 'Set-CdbStream -Schema', 'Connect-Cdb -Credential', 'Connect-Cdb -NoDefault', 'Connect-Cdb -Path', 'Import-CdbItem -Merge', 'Sync-CdbLogger -Resend',
            'Clear-CdbLogger -SetAside', 'Copy-CdbStore', 'Get-CdbStream | Select-Object -First', 'New-CdbLogger | Set-CdbLogger -RemoveSink', 'Remove-CdbStream', 'Remove-CdbStream -Downlink'
        $Advised | Where-Object { $_ -match ' ' } | ForEach-Object { Get-AdviceShape $_ } | Sort-Object -Unique | Where-Object { $_ -notin $Provoked -and $_ -notin $without } | Should -BeNullOrEmpty
    }
}
