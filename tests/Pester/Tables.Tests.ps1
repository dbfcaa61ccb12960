BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    $takers = Get-Command -Module ConnectorDb -CommandType Cmdlet |
        Where-Object { $_.Verb -in 'Add', 'New', 'Set' -and @($_.Parameters.Values | Where-Object { $_.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true }).Count -gt 2 } |
        ForEach-Object { @{ Command = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    . "$PSScriptRoot/logger.ps1"

    # The objects after a way through a CSV file, where all values are text.
    function ConvertTo-Row { param([Parameter(ValueFromPipeline)] [object] $Object) process { $Object | ConvertTo-Csv | ConvertFrom-Csv } }
}

AfterAll {
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'A table with a row for each query' {
    BeforeAll {
        $null = New-CdbStream first, second -Schema number
        1, 2, 3 | Add-CdbDatapoint first
        4, 5, 6 | Add-CdbDatapoint second
    }

    It 'gives each row its range and transform; the command line counts for all' {
        $points = "Stream,Last,Transform,First`nfirst,2,,`nsecond,,if `$ > 4,`nfirst,,,1" | ConvertFrom-Csv | Get-CdbDatapoint
        $points.Data | Should -Be 2, 3, 5, 6, 1
        ("Stream,Last`nfirst,2" | ConvertFrom-Csv | Get-CdbDatapoint -Last 1).Data | Should -Be 3
        ("Stream,AsArray`nfirst,yes" | ConvertFrom-Csv | Get-CdbDatapoint).Count | Should -Be 3
    }

    It 'summarizes each row by its step' {
        $columns = "Stream,Every,Since`nfirst,1d,2h`nsecond,,1h" | ConvertFrom-Csv | Measure-CdbStream
        $columns[-1].Count | Should -Be 3
        $columns[-1].Stream | Should -Be 'me/user/second'
    }

    It 'names the column of a value that is none' {
        { "Stream,Last`nfirst,x" | ConvertFrom-Csv | Get-CdbDatapoint } | Should -Throw "'x' in the column Last is no value of -Last.*"
        { "Stream,Last`nfirst,-1" | ConvertFrom-Csv | Get-CdbDatapoint } | Should -Throw "'-1' in the column Last*The least is 0.*"
        { "Stream,Since`nfirst,13/04/2026" | ConvertFrom-Csv | Get-CdbDatapoint } | Should -Throw "'13/04/2026' in the column Since*"
    }

    It 'takes nothing of exported streams and summaries but their names' {
        $null = New-CdbStream third -Downlink
        Add-CdbDatapoint third 7
        (Get-CdbStream first, third | ConvertTo-Row | Get-CdbDatapoint -Last 1 -WarningVariable warned).Data | Should -Be 3, 7
        (Measure-CdbStream first | ConvertTo-Row | Get-CdbDatapoint -Last 1 -WarningVariable +warned).Data | Should -Be 3
        $warned | Should -BeNullOrEmpty
    }

    It 'is warned of a column that nothing uses: <Command>' -ForEach @(
        @{ Command = 'Get-CdbDatapoint'; With = @{} }
        @{ Command = 'Measure-CdbStream'; With = @{} }
        @{ Command = 'Remove-CdbDatapoint'; With = @{ Last = 1; WhatIf = $true } }
        @{ Command = 'Remove-CdbStream'; With = @{ WhatIf = $true } }
        @{ Command = 'Watch-CdbStream'; With = @{ Last = 1; Count = 1 } }
        @{ Command = 'Register-CdbSubscription'; With = @{ Action = {}; WhatIf = $true } }
    ) {
        $null = [pscustomobject]@{ Stream = 'first'; Colour = 'red' } | & $Command @With -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "$Command does not use 'Colour' of the table. The properties that it uses are *Stream*"
    }
}

Describe 'A table with a row for each object' {
    It 'creates streams; an empty cell is not given, whatever the row before it had' {
        $streams = @'
Name,Schema,Description,Ephemeral,Downlink,Nickname
door,"{""type"":""boolean""}",Front,True,true,The door
lamp,number,,,false,
'@ | ConvertFrom-Csv | New-CdbStream
        $streams.Schema | Should -Be '{"type":"boolean"}', '{"type":"number"}'
        $streams.Description | Should -Be 'Front', ''
        $streams.Ephemeral | Should -Be $true, $false
        $streams.Downlink | Should -Be $true, $false
    }

    It 'changes streams, and leaves what has an empty cell' {
        $null = New-CdbStream kettle -Schema number -Description 'Kitchen' -Downlink
        $row = Get-CdbStream kettle | ConvertTo-Row
        $row.Nickname, $row.Description, $row.Downlink = 'Kettle', '', ''
        $kettle = $row | Set-CdbStream -PassThru
        $kettle.Nickname, $kettle.Description, $kettle.Downlink, $kettle.Schema | Should -Be @('Kettle', 'Kitchen', $true, '{"type":"number"}')
    }

    It 'creates and changes devices, and no key by that' {
        $devices = @'
Name,ApiKey,Role,Public,Enabled,Visible,UserEditable
pi,a-key-of-16-characters,reader,false,False,false,false
zero,,,,,,
'@ | ConvertFrom-Csv | New-CdbDevice
        $devices.Role | Should -Be 'reader', 'none'
        foreach ($flag in 'Enabled', 'Visible', 'UserEditable') { $devices.$flag | Should -Be $false, $true }
        Get-CdbDevice pi, zero | ConvertTo-Row | Set-CdbDevice -Description 'Board'
        (Get-CdbDevice pi, zero).ApiKey | Should -Be $devices.ApiKey
        (Get-CdbDevice pi).Enabled | Should -BeFalse
    }

    It 'creates users with passwords' {
        $users = @'
Name,Email,Password,Public
ada,ada@example.org,a long enough password,false
grace,,another long password,
'@ | ConvertFrom-Csv | New-CdbUser
        $users.Public | Should -Be $false, $true
        $connection = Connect-Cdb -Path $store -Credential ([pscredential]::new('grace', (ConvertTo-SecureString 'another long password' -AsPlainText)))
        Disconnect-Cdb $connection
        Get-CdbUser ada, grace | ConvertTo-Row | Set-CdbUser -Nickname 'Pioneer'
        (Get-CdbUser ada).Email, (Get-CdbUser ada).Nickname | Should -Be @('ada@example.org', 'Pioneer')
    }

    It 'adds poll items, and their status and a file keep all of them' {
        $config = Join-Path $TestDrive 'poll.json'
        $copy = Join-Path $TestDrive 'copy.json'
        $last = Join-Path $TestDrive 'last.json'
        @'
Name,Key,Argument,Interval,Timeout,Stream,Unit,Tag
attic,net.ping,127.0.0.1,1h,2s,pi/router,ms,room=attic; floor=2
cpu,system.cpu,,1h,,,,
'@ | ConvertFrom-Csv | Add-CdbPollItem -Path $config
        Get-CdbPollItem -Path $config | ConvertTo-Row | Add-CdbPollItem -Path $copy
        $poller = Start-CdbPoller $copy -Logger $logger
        Get-CdbPollItem -Poller $poller | Add-CdbPollItem -Path $last
        Stop-CdbPoller $poller
        Get-Content $last -Raw | Should -Be (Get-Content $config -Raw)
        Get-CdbPollItem -Path $last | Remove-CdbPollItem -Path $last -Confirm:$false
        Get-CdbPollItem -Path $last | Should -BeNullOrEmpty
    }

    It 'declares the streams of a logger' {
        @'
Stream,Schema,Description
valve,boolean,Garden
any,,
'@ | ConvertFrom-Csv | Add-CdbLoggerStream -Force
        $logger.Streams | Should -Contain 'valve'
        $logger.Streams | Should -Contain 'any'
        { Write-CdbLog valve 'open' } | Should -Throw -ErrorId 'SchemaViolation*'
        42 | Write-CdbLog any
    }

    It 'takes <Text> for <Value>' -ForEach @(
        @{ Text = 'yes'; Value = $true }, @{ Text = '1'; Value = $true }, @{ Text = ' TRUE '; Value = $true }
        @{ Text = 'No'; Value = $false }, @{ Text = '0'; Value = $false }
    ) {
        $name = "flag$(Get-Random)"
        ("Name,Downlink", "$name,$Text" | ConvertFrom-Csv | New-CdbStream).Downlink | Should -Be $Value
    }

    It 'names its columns to <Cmdlet> when none names the object' -ForEach @(
        @{ Cmdlet = 'New-CdbStream' }, @{ Cmdlet = 'New-CdbDevice' }, @{ Cmdlet = 'New-CdbUser' }, @{ Cmdlet = 'Set-CdbStream' }, @{ Cmdlet = 'Get-CdbStream' }, @{ Cmdlet = 'Remove-CdbDevice' }
        @{ Cmdlet = 'Add-CdbPollItem'; With = @{ Path = './columns.json' } }, @{ Cmdlet = 'Add-CdbLoggerStream' }, @{ Cmdlet = 'Add-CdbLoggerMeasurement' }
    ) {
        $given = $With ?? @{}
        { 'Naam,Schema', 'a1,number' | ConvertFrom-Csv | & $Cmdlet @given -ErrorAction Stop } | Should -Throw '*Name. Its properties are Naam and Schema.*'
        { 'Name;Schema', 'a1;number' | ConvertFrom-Csv | & $Cmdlet @given -ErrorAction Stop } | Should -Throw "*'Name;Schema'*Import-Csv -Delimiter ';'*"
        { 'Name,Schema', ',number' | ConvertFrom-Csv | & $Cmdlet @given -ErrorAction Stop } | Should -Throw '*Name is empty in Name=; Schema=number*'
        { @{ Name = 'a1' } | & $Cmdlet @given -ErrorAction Stop } | Should -Throw '*hashtable*pscustomobject*'
    }

    It 'warns once of a column that is neither a parameter nor a property of the object' {
        $null = 'Name,Beschreibung,Schema', 'u1,x,number', 'u2,y,number' | ConvertFrom-Csv | New-CdbStream -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*'Beschreibung'*Description*Schema*"
        $null = Get-CdbStream u1 | ConvertTo-Row | Set-CdbStream -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'of exported users asks for passwords' {
        { Get-CdbUser me | ConvertTo-Row | New-CdbUser -ErrorAction Stop } | Should -Throw "*'me' has no password*column Password*-Password*"
    }

    It 'reports a cell that is neither true nor false, with its value' {
        { [pscustomobject]@{ Name = 'odd'; Downlink = 'maybe' } | New-CdbStream -ErrorAction Stop } | Should -Throw -ExpectedMessage "*'maybe' is neither true nor false*yes*no*"
        Test-CdbItem odd | Should -BeFalse
    }
}

Describe 'Get | Set' {
    It 'changes only what differs, so that it needs no right to what does not' {
        $null = New-CdbDevice meter -Role reader -Nickname 'Meter'
        $connection = Connect-Cdb -Path $store -As meter
        Get-CdbDevice meter | Set-CdbDevice -Description 'In the cellar'
        { Get-CdbDevice meter | Set-CdbDevice -Role user -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied*'
        Disconnect-Cdb $connection
        $meter = Get-CdbDevice meter
        $meter.Description, $meter.Role, $meter.Nickname | Should -Be 'In the cellar', 'reader', 'Meter'
    }

    It 'copies a stream under another name' {
        $null = New-CdbStream original -Schema number -Nickname 'One' -Downlink
        $copy = Get-CdbStream original | New-CdbStream -Stream copied
        $copy.Path, $copy.Schema, $copy.Nickname, $copy.Downlink | Should -Be @('me/user/copied', '{"type":"number"}', 'One', $true)
    }
}

Describe 'A column that is no parameter' {
    It 'is named in one warning: <Command.Name>' -ForEach $takers {
        $with = $command.Name -eq 'Add-CdbPollItem' ? @{ Path = Join-Path $TestDrive 'columns.json' } : @{}
        $row = [pscustomobject]@{ Name = 'columns'; Key = 'system.cpu'; Interval = '1s'; Field = 'a'; Colour = 'red' }
        $null = $row, $row | & $command @with -WhatIf -ErrorAction Ignore -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings) -like "$($command.Name) does not use *'Colour'*" | Should -HaveCount 1
    }
}
