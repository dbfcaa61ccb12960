BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'New-CdbStream' {
    It 'makes a stream of one''s own device' {
        $stream = New-CdbStream temperature -Schema @{ type = 'number' } -Description 'Office, °C'
        "$($stream.Path)" | Should -Be 'me/user/temperature'
        $stream.Description | Should -Be 'Office, °C'
        ($stream.Schema | ConvertFrom-Json).type | Should -Be 'number'
    }

    It 'makes one in another device' {
        $null = New-CdbDevice pi
        "$((New-CdbStream 'pi/pressure').Path)" | Should -Be 'me/pi/pressure'
    }

    It 'makes several at once' {
        (New-CdbStream cpu, memory -Schema number).Name | Should -Be @('cpu', 'memory')
    }

    It 'takes the schema as JSON text too, and then checks values' {
        $null = New-CdbStream bounded -Schema '{"type":"number","minimum":0}'
        1 | Add-CdbDatapoint bounded
        { -1 | Add-CdbDatapoint bounded -ErrorAction Stop } | Should -Throw -ErrorId 'SchemaViolation*'
    }

    It 'refuses a schema that is none' {
        { New-CdbStream broken -Schema '{"type":' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSchema*'
        Test-CdbItem 'me/user/broken' | Should -BeFalse
    }

    It 'refuses a name that is taken' {
        $null = New-CdbStream twice
        { New-CdbStream twice -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*' -ExpectedMessage '*twice*'
    }

    It 'does nothing with -WhatIf' {
        New-CdbStream ghost -WhatIf
        Test-CdbItem 'me/user/ghost' | Should -BeFalse
    }
}
