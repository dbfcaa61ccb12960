Describe 'New-CdbDevice <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'creates a device of the current user' {
        $device = New-CdbDevice pi -Description 'On the shelf' -Nickname 'Shelf' -Role reader -Public -Visible:$false
        "$($device.Path)" | Should -Be 'me/pi'
        $device.Description | Should -Be 'On the shelf'
        $device.Enabled | Should -BeTrue
        $device.Role | Should -Be 'reader'
        $device.Public | Should -BeTrue
        $device.Visible | Should -BeFalse
    }

    It 'takes a role in any case' {
        (New-CdbDevice roles -Role READER).Role | Should -Be 'reader'
        (Set-CdbDevice roles -Role Writer -PassThru).Role | Should -Be 'writer'
    }

    It 'creates a key that is shown only on request' {
        $device = New-CdbDevice keyed
        $device.ApiKey.Length | Should -BeGreaterOrEqual 22
        $device | Out-String | Should -Not -Match ([regex]::Escape($device.ApiKey))
    }

    It 'creates a device with its streams, or nothing' {
        $null = New-CdbDevice house -Stream @{ temperature = @{ schema = 'number' }; door = @{ schema = 'boolean' } }
        (Get-CdbStream 'house/*').Name | Sort-Object | Should -Be @('door', 'temperature')

        { New-CdbDevice broken -Stream @{ good = @{}; bad = @{ schema = '{"type":' } } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema*'
        Test-CdbItem 'me/broken' | Should -BeFalse
    }

    It 'accepts <Tree> as streams' -ForEach @(
        @{ Tree = @{ warm = 'number' }; Schema = '{"type":"number"}' }
        @{ Tree = @{ warm = '{"type":"integer"}' }; Schema = '{"type":"integer"}' }
        @{ Tree = 'warm'; Schema = '{}' }
        @{ Tree = 'warm', 'cold'; Schema = '{}', '{}' }
    ) {
        $name = "short$([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $null = New-CdbDevice $name -Stream $Tree
        (Get-CdbStream "$name/*").Schema | Should -Be $Schema
        $null = New-CdbUser $name -Password (ConvertTo-SecureString 'a long enough password' -AsPlainText) -Email "$name@example.org" -Device pi, lamp -Stream $Tree
        (Get-CdbStream "$name/user/*").Schema | Should -Be $Schema
        Test-CdbItem "$name/lamp" | Should -BeTrue
    }

    It 'rejects <Tree> as streams' -ForEach @(
        @{ Tree = @{ s = @{ colour = 'red' } }; Message = '*colour*' }
        @{ Tree = @{ s = 5 }; Message = '*Int32*' }
    ) {
        { New-CdbDevice odd -Stream $Tree -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage $Message
    }

    It 'creates a device that can write only its own streams' {
        $null = New-CdbStream mine
        $null = New-CdbDevice writer -Role user
        $writer = Connect-Cdb $store -As writer
        { 1 | Add-CdbDatapoint user/mine -Connection $writer -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied*'
        Disconnect-Cdb $writer
    }

    It 'rejects an invalid name and gives the reason' {
        { New-CdbDevice 'my pi' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*' -ExpectedMessage '*letters, digits*'
    }

    It 'rejects an existing name' {
        { New-CdbDevice user -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*'
    }

    It 'does nothing with -WhatIf' {
        New-CdbDevice ghost -WhatIf
        Test-CdbItem 'me/ghost' | Should -BeFalse
    }
}
