BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbUser bob -Password (ConvertTo-SecureString 'four words of bob' -AsPlainText -Force) -Device @{ pi = @{ streams = @{ temperature = @{ schema = 'number' } } } }
    function Get-Temperature { Get-CdbStream bob/pi/temperature }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Properties of a stream, device or user' {
    It 'are written by Set-CdbStream: <Property> = <Value>' -ForEach @(
        @{ Property = 'Nickname'; Value = 'Office' }
        @{ Property = 'Description'; Value = 'By the window' }
        @{ Property = 'Icon'; Value = 'thermometer' }
        @{ Property = 'Datatype'; Value = 'temperature.celsius' }
        @{ Property = 'Downlink'; Value = $true }
        @{ Property = 'Ephemeral'; Value = $true }
    ) {
        $stream = New-CdbStream "$Property"
        $stream.$Property = $Value
        $stream.$Property | Should -Be $Value
        $stream | Set-CdbStream
        (Get-CdbStream $stream).$Property | Should -Be $Value
        $stream.$Property = $Value -is [bool] ? $false : $null
        Set-CdbStream $stream
        (Get-CdbStream $stream).$Property | Should -BeExactly ($Value -is [bool] ? $false : '')
    }

    It 'takes a schema in each form of -Schema' -ForEach @(
        @{ Given = { 'number' }; Stored = '{"type":"number"}' }
        @{ Given = { 'Boolean' }; Stored = '{"type":"boolean"}' }
        @{ Given = { @{ type = 'string' } }; Stored = '{"type":"string"}' }
        @{ Given = { $null }; Stored = '{}' }
    ) {
        $stream = Get-Temperature
        $stream.Schema = & $Given
        $stream | Set-CdbStream
        (Get-Temperature).Schema | Should -BeExactly $Stored
    }

    It 'refuses a schema that is no type at once, and names the types' {
        $stream = Get-Temperature
        { $stream.Schema = 'nubmer' } | Should -Throw "*'nubmer'*array, boolean, integer, null, number*"
        $stream.Schema | Should -Not -Match nubmer
        { Set-CdbStream $stream -Schema nubmer -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema,*' -ExpectedMessage '*array, boolean, integer*'
        { New-CdbStream typo -Schema nubmer -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema,*'
        { New-CdbDevice typo -Stream @{ x = @{ schema = 'nubmer' } } -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema,*'
    }

    It 'are written by Set-CdbDevice and Set-CdbUser' {
        $device, $user = (Get-CdbDevice bob/pi), (Get-CdbUser bob)
        $device.Nickname, $device.Visible, $device.UserEditable, $device.Role = 'Shelf', $false, $false, 'reader'
        $user.Nickname, $user.Email, $user.Public = 'Bob', 'bob@example.org', $true
        $device | Set-CdbDevice
        $user | Set-CdbUser
        $found = Get-CdbDevice bob/pi
        $found.Nickname, $found.Visible, $found.UserEditable, $found.Role | Should -Be 'Shelf', $false, $false, 'reader'
        $found = Get-CdbUser bob
        $found.Nickname, $found.Email, $found.Public | Should -Be 'Bob', 'bob@example.org', $true
    }

    It 'do not overwrite what others changed meanwhile' {
        $mine, $theirs = (Get-Temperature), (Get-Temperature)
        $theirs.Icon = 'theirs'
        $theirs | Set-CdbStream
        $mine.Description = 'mine'
        $mine | Set-CdbStream -Nickname 'typed'
        $now = Get-Temperature
        $now.Icon, $now.Description, $now.Nickname | Should -Be 'theirs', 'mine', 'typed'
        $mine.Icon | Should -Be 'theirs'
    }

    It 'are kept for the next call when a write does not happen' {
        $stream = Get-Temperature
        $stream.Description = 'later'
        $stream | Set-CdbStream -WhatIf
        (Get-Temperature).Description | Should -Not -Be 'later'
        $stream | Set-CdbStream
        (Get-Temperature).Description | Should -Be 'later'
    }

    It 'that cannot be written refuse a value: <_>' -ForEach 'Path', 'Name', 'Device', 'User', 'Datapoints', 'LastDatapoint' {
        $stream = Get-Temperature
        { $stream.$_ = 'x' } | Should -Throw '*ReadOnly*'
    }
}

Describe 'Paths of objects' {
    It 'are texts at the prompt, in CSV and in JSON, with the names as members' {
        $stream = Get-Temperature
        $stream.Path | Should -BeOfType string
        $stream.Path | Out-String | Should -Be "bob/pi/temperature$([Environment]::NewLine)"
        ($stream | Select-Object Path, Device | ConvertTo-Csv)[1] | Should -Be '"bob/pi/temperature","bob/pi"'
        ($stream | ConvertTo-Json | ConvertFrom-Json).Path | Should -Be 'bob/pi/temperature'
        ($stream | Select-Object Path | ConvertTo-Json -Compress) | Should -Be '{"Path":"bob/pi/temperature"}'
        $stream.Path.User, $stream.Path.Device, $stream.Path.Stream, $stream.Device.Name | Should -Be 'bob', 'pi', 'temperature', 'pi'
        $connection = Get-CdbConnection
        (Get-CdbConnection | ConvertTo-Json | ConvertFrom-Json).Identity | Should -Be 'me/user'
        $connection.Identity, $connection.Identity.User | Should -Be 'me/user', 'me'
        (Measure-CdbStream $stream).Stream | Should -BeOfType string
    }

    It 'name the device and the user of a stream wholly' {
        (Get-CdbDevice (Get-Temperature).Device).Path | Should -Be 'bob/pi'
        (Get-Temperature | Get-CdbDevice).Path | Should -Be 'bob/pi'
        (Get-Temperature | Get-CdbUser).Path | Should -Be 'bob'
        (Get-CdbDevice bob/pi | Get-CdbUser).Path | Should -Be 'bob'
        (Get-CdbDevice (Get-Temperature)).Path | Should -Be 'bob/pi'
    }

    It 'of a stream do not remove its device' {
        { Get-Temperature | Remove-CdbDevice -Confirm:$false -ErrorAction Stop } | Should -Throw '*is a stream*'
    }
}

Describe 'The number of datapoints' {
    It 'has a name of its own, so that .Count counts streams' {
        $null = New-CdbStream counted
        1, 2, 3 | Add-CdbDatapoint counted
        (Get-CdbStream counted).Datapoints | Should -Be 3
        (Get-CdbStream counted).Count | Should -Be 1
        (Get-CdbStream none*).Count | Should -Be 0
    }

    It 'is the only count of a node: <_> has the .Count of a single object' -ForEach 'Get-CdbUser me', 'Get-CdbDevice user', 'Get-CdbStream counted', 'Get-CdbConnection' {
        @(Invoke-Expression $_) | Should -HaveCount 1
        (Invoke-Expression $_).Count | Should -Be 1
    }
}

Describe 'Yes or no' {
    It 'is a switch: -<_>' -ForEach 'Enabled', 'Visible', 'UserEditable', 'Public' {
        foreach ($value in $false, $true) {
            $given = @{ $_ = $value }
            (Set-CdbDevice user @given -PassThru).$_ | Should -Be $value
        }
    }

    It 'without a colon names the form with one' {
        { Get-CdbDevice user | Set-CdbDevice -Visible $false } | Should -Throw '*-Public:$false*'
    }
}
