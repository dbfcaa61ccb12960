# Each noun: what Get- gives goes to the cmdlets that change or remove it, as an object and as a row of a table.
BeforeDiscovery {
    $rows = @(
        @{ Noun = 'User'; Get = { Get-CdbUser ann }; To = { Set-CdbUser @with }, { Remove-CdbUser @with } }
        @{ Noun = 'Device'; Get = { Get-CdbDevice pi }; To = { Set-CdbDevice @with }, { Remove-CdbDevice @with }, { Reset-CdbApiKey @with } }
        @{ Noun = 'Stream'; Get = { Get-CdbStream pi/t }; To = { Set-CdbStream @with }, { Remove-CdbStream @with }, { Remove-CdbDatapoint -Last 1 @with }, { Register-CdbSubscription -Action { } @with } }
        @{ Noun = 'Datapoint'; Get = { Get-CdbDatapoint pi/t }; To = , { Add-CdbDatapoint pi/t @with } }
        @{ Noun = 'PollItem'; Get = { Get-CdbPollItem -Path $config }; To = { Remove-CdbPollItem -Path $config @with }, { Add-CdbPollItem -Path $copy @with } }
        @{ Noun = 'Session'; Get = { Get-CdbSession }; To = , { Remove-CdbSession @with } }
    )
    $ways = foreach ($row in $rows) { foreach ($to in $row.To) { @{ Noun = $row.Noun; Get = $row.Get; To = $to } } }
    $open = foreach ($row in @(
            @{ Noun = 'Logger'; Get = { Get-CdbLogger }; To = { Set-CdbLogger @with }, { Clear-CdbLogger @with }, { Clear-CdbLogger -SetAside @with }, { Remove-CdbLogger @with }, { Stop-CdbLogger @with }, { Sync-CdbLogger }, { Test-CdbLogger } }
            @{ Noun = 'Poller'; Get = { Get-CdbPoller }; To = , { Stop-CdbPoller @with } }
            @{ Noun = 'Subscription'; Get = { Get-CdbSubscription }; To = , { Unregister-CdbSubscription @with } }
            @{ Noun = 'Server'; Get = { Get-CdbServer }; To = , { Stop-CdbServer @with } }
            @{ Noun = 'Connection'; Get = { Get-CdbConnection }; To = { Test-CdbConnection }, { Select-CdbConnection }, { Disconnect-Cdb } }
        )) { foreach ($to in $row.To) { @{ Noun = $row.Noun; Get = $row.Get; To = $to } } }
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

Describe 'What is open' {
    It 'a <Noun> goes to<To>but a row of a table is none' -ForEach $open {
        $call = [scriptblock]::Create("`$input | $To -ErrorAction Stop")
        { & $Get | ConvertTo-Row | & $call } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        $objects = @(& $Get)
        $objects | Should -Not -BeNullOrEmpty
        $null = $objects | & $call
    }
}
