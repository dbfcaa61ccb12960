# Each noun: what Get- gives goes to the cmdlets that change or remove it, as an object and as a row of a table.
BeforeDiscovery {
    $rows = @(
        @{ Noun = 'User'; Get = { Get-CdbUser ann }; To = { Set-CdbUser @with }, { Remove-CdbUser @with }, { Export-CdbItem -Destination $folder @with }, { Get-CdbSession } }
        @{ Noun = 'Device'; Get = { Get-CdbDevice pi }; To = { Set-CdbDevice @with }, { Remove-CdbDevice @with }, { Reset-CdbApiKey @with }, { Export-CdbItem -Destination $folder @with } }
        @{ Noun = 'Stream'; Get = { Get-CdbStream pi/t }; To = { Set-CdbStream @with }, { Remove-CdbStream @with }, { Remove-CdbDatapoint -Last 1 @with }, { Register-CdbSubscription -Action { } @with }, { Export-CdbItem -Destination $folder @with }, { Get-CdbDatapoint }, { Measure-CdbStream }, { Add-CdbLoggerStream -Force @with } }
        @{ Noun = 'Datapoint'; Get = { Get-CdbDatapoint lamp }; To = , { Add-CdbDatapoint lamp -Restamp @with } }
        @{ Noun = 'Subscription'; Get = { Get-CdbSubscription }; To = , { Unregister-CdbSubscription @with } }
        @{ Noun = 'PollItem'; Get = { Get-CdbPollItem -Path $config }; To = { Remove-CdbPollItem -Path $config @with }, { Add-CdbPollItem -Path $copy @with } }
        @{ Noun = 'Session'; Get = { Get-CdbSession }; To = , { Remove-CdbSession @with } }
    )
    $nouns = @{ Nouns = @($rows.Noun) }
    $ways = foreach ($row in $rows) { foreach ($to in $row.To) { @{ Noun = $row.Noun; Get = $row.Get; To = $to } } }
    $open = foreach ($row in $opened = @(
            @{ Noun = 'Logger'; Get = { Get-CdbLogger }; To = { Set-CdbLogger @with }, { Clear-CdbLogger @with }, { Clear-CdbLogger -SetAside @with }, { Remove-CdbLogger @with }, { Stop-CdbLogger @with }, { Sync-CdbLogger }, { Test-CdbLogger } }
            @{ Noun = 'Poller'; Get = { Get-CdbPoller }; To = , { Stop-CdbPoller @with } }
            @{ Noun = 'Server'; Get = { Get-CdbServer }; To = , { Stop-CdbServer @with } }
            @{ Noun = 'Connection'; Get = { Get-CdbConnection }; To = { Test-CdbConnection }, { Select-CdbConnection }, { Disconnect-Cdb } }
        )) { foreach ($to in $row.To) { @{ Noun = $row.Noun; Get = $row.Get; To = $to } } }
    $nouns.Nouns += $opened.Noun
}

BeforeAll {
    . "$PSScriptRoot/store.ps1" 'over a server'
    . "$PSScriptRoot/logger.ps1"
    function ConvertTo-Row { param([Parameter(ValueFromPipeline)] [object] $Object) process { $Object | ConvertTo-Csv | ConvertFrom-Csv } }
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText
    $null = New-CdbUser ann -Password $password -Nickname 'Ann' -Email ann@example.org -Public:$false
    $null = New-CdbDevice pi -Role reader -Nickname 'Pi' -Visible:$false
    $null = New-CdbStream pi/t -Schema @{ type = 'number'; minimum = 0 } -Description 'Hall' -Icon thermometer
    1, 2.5 | Add-CdbDatapoint pi/t -Connection (Connect-Cdb -Url $server.Url -ApiKey (Get-CdbDevice pi).ApiKey -NoDefault)
    $null = New-CdbDevice zero -Role reader -Nickname 'Zero' -Enabled:$false
    $null = New-CdbStream hall -Schema boolean -Description 'Hall' -Downlink
    $null = New-CdbStream lamp -Schema boolean
    $true, $false | Add-CdbDatapoint lamp
    $folder = Join-Path $TestDrive 'exported'
    $config, $copy = (Join-Path $TestDrive 'poll.json'), (Join-Path $TestDrive 'copy.json')
    Add-CdbPollItem cpu system.cpu -Interval 1h -Timeout 2s -Unit '%' -Tag @{ room = 'hall' } -Path $config
    $null = Start-CdbPoller $config -Logger $logger
    $null = Register-CdbSubscription pi/t -Action { }
    $login = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(":$key"))
    $null = Invoke-RestMethod "$($server.Url)/api/v1/login" -Method Post -Headers @{ Authorization = "Basic $login" }
    $with = @{ WhatIf = $true }
}

AfterAll {
    Stop-CdbPoller
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe 'What Get- gives' {
    It 'a <Noun> goes to<To>and so does its row of a table' -ForEach $ways {
        $objects = @(& $Get)
        $objects | Should -Not -BeNullOrEmpty
        $call = [scriptblock]::Create("`$input | $To -ErrorAction Stop -WarningAction Stop")
        $null = $objects | & $call
        $null = $objects | ConvertTo-Row | & $call
    }

    It 'a <Noun> is created again by its row' -ForEach @(
        @{ Noun = 'User'; Get = { Get-CdbUser ann }; Remove = { Remove-CdbUser ann -Confirm:$false }; New = { $input | New-CdbUser -Password $password } }
        @{ Noun = 'Device'; Get = { Get-CdbDevice zero }; Remove = { Remove-CdbDevice zero -Confirm:$false }; New = { $input | New-CdbDevice } }
        @{ Noun = 'Stream'; Get = { Get-CdbStream hall }; Remove = { Remove-CdbStream hall -Confirm:$false }; New = { $input | New-CdbStream } }
        @{ Noun = 'Datapoint'; Get = { Get-CdbDatapoint lamp }; Remove = { Remove-CdbDatapoint lamp -Last 2 -Confirm:$false }; New = { $input | Add-CdbDatapoint } }
        @{ Noun = 'PollItem'; Get = { Get-CdbPollItem -Path $config }; Remove = { Remove-CdbPollItem cpu -Path $config -Confirm:$false }; New = { $input | Add-CdbPollItem -Path $config } }
    ) {
        $before = & $Get | ConvertTo-Row
        & $Remove
        $null = $before | & $New -WarningAction Stop
        & $Get | ConvertTo-Row | ConvertTo-Csv | Should -Be ($before | ConvertTo-Csv)
    }
}

Describe 'A poll item' {
    It 'comes back from <Form>' -ForEach @(
        @{ Form = 'JSON, of a file'; Way = { Get-CdbPollItem -Path $config | ConvertTo-Json | ConvertFrom-Json } }
        @{ Form = 'JSON, of a poller'; Way = { Get-CdbPollItem cpu | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
        @{ Form = 'CSV'; Way = { Get-CdbPollItem cpu | ConvertTo-Row } }
        @{ Form = 'CLIXML'; Way = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CdbPollItem cpu))) } }
    ) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        & $Way | Add-CdbPollItem -Path $file -WarningAction Stop
        Get-Content $file -Raw | Should -Be (Get-Content $config -Raw)
    }
}

Describe 'What is open' {
    It 'a <Noun> goes to<To>but a row of a table is none' -ForEach $open {
        $call = [scriptblock]::Create("`$input | $To -ErrorAction Stop")
        { & $Get | ConvertTo-Row | & $call } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        $objects = @(& $Get)
        $objects | Should -Not -BeNullOrEmpty
        $null = $objects | & $call
    }
}

Describe 'What a logger declares' {
    BeforeAll {
        $other = New-CdbLogger (Join-Path $TestDrive 'other.db')
        Add-CdbLoggerStream described -Schema number -Description 'Hall' -Nickname 'Hall' -Datatype temperature -Force -Logger $logger
        Add-CdbLoggerMeasurement climate -Field air, water -Tag room -Logger $logger
    }

    It 'a <Kind> is declared in another logger, as an object and by its row of a table' -ForEach @(
        @{ Kind = 'Stream'; Add = { $input | Add-CdbLoggerStream -Logger $other -Force -WarningAction Stop } }
        @{ Kind = 'Measurement'; Add = { $input | Add-CdbLoggerMeasurement -Logger $other -WarningAction Stop } }
    ) {
        $declared = $logger.Channels | Where-Object { $_.Kind -eq $kind -and $_.Name -ne 'cpu' }
        $declared | & $add
        $declared | ConvertTo-Row | & $add
        $other.Channels | Where-Object Kind -EQ $kind | ConvertTo-Csv | Should -Be ($declared | ConvertTo-Csv)
    }

    It 'a <Kind> is no <Other>' -ForEach @(
        @{ Kind = 'Stream'; Other = 'Measurement'; Add = { $input | Add-CdbLoggerMeasurement -Logger $target } }
        @{ Kind = 'Measurement'; Other = 'Stream'; Add = { $input | Add-CdbLoggerStream -Logger $target -Force } }
    ) {
        $target = $logger
        { $logger.Channels | Where-Object Kind -EQ $kind | & $add } | Should -Throw "*is a $kind. Add-CdbLogger$kind declares it*"
    }

    It 'a Sink goes to Test-CdbSink, to another logger, and to -RemoveSink' {
        $logger.Sinks | Test-CdbSink | Should -BeTrue
        (Set-CdbLogger $other -Sink $logger.Sinks -PassThru).Sinks.Location | Should -Be $logger.Sinks.Location
        Set-CdbLogger $other -RemoveSink $other.Sinks
        $other.Sinks | Should -BeNullOrEmpty
    }
}

Describe 'The nouns' {
    It 'that have Get and a cmdlet that changes are all here' -ForEach $nouns {
        $verbs = Get-Command -Module ConnectorDb -CommandType Cmdlet | Group-Object { $_.Noun -replace '^Cdb' } -AsHashTable
        $changed = $verbs.Keys | Where-Object { $verbs[$_].Verb -contains 'Get' -and ($verbs[$_].Verb | Where-Object { $_ -in 'Set', 'Remove', 'Clear', 'Stop', 'Select', 'Unregister', 'Uninstall' }) }
        $changed | Sort-Object | Should -Be ($nouns | Sort-Object)
    }
}
