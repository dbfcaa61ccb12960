BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbDevice pi -Stream @{ heat = @{ schema = 'number' } }
    $null = New-CdbStream mood
    1..3 | Add-CdbDatapoint mood
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Export-CdbItem' {
    It 'writes a user in the folder layout of the Python client' {
        $folder = Export-CdbItem me -Destination "$TestDrive/user"
        $folder.FullName | Should -Be (Join-Path $TestDrive 'user')
        (Get-Content "$TestDrive/user/connectordb.json" | ConvertFrom-Json).Version | Should -Be 1
        (Get-Content "$TestDrive/user/me/user.json" | ConvertFrom-Json).name | Should -Be 'me'
        (Get-Content "$TestDrive/user/me/pi/device.json" | ConvertFrom-Json).apikey | Should -Be (Get-CdbDevice pi).ApiKey
        (Get-Content "$TestDrive/user/me/user/mood/data.json" | ConvertFrom-Json).d | Should -Be @(1, 2, 3)
    }

    It 'leaves the API keys out with -NoApiKey' {
        Export-CdbItem me/pi -Destination "$TestDrive/pi" -NoApiKey
        (Get-Content "$TestDrive/pi/device.json" | ConvertFrom-Json).PSObject.Properties.Name | Should -Not -Contain 'apikey'
    }

    It 'accepts items from the pipeline' {
        Get-CdbStream mood | Export-CdbItem -Destination "$TestDrive/mood"
        "$TestDrive/mood/data.json" | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        Export-CdbItem me -Destination "$TestDrive/nothing" -WhatIf
        "$TestDrive/nothing" | Should -Not -Exist
    }

    It 'does not overwrite a folder' {
        $null = New-Item -ItemType Directory "$TestDrive/there"
        Export-CdbItem mood -Destination "$TestDrive/there" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NameTaken*'
        "$TestDrive/there/data.json" | Should -Not -Exist
    }

    It 'reports a path that does not exist' {
        Export-CdbItem nothing -Destination "$TestDrive/none" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'accepts users from the pipeline and short paths' {
        Get-CdbUser me | Export-CdbItem -Destination "$TestDrive/piped"
        "$TestDrive/piped/me/user/mood/data.json" | Should -Exist
        Export-CdbItem pi -Destination "$TestDrive/short"
        "$TestDrive/short/device.json" | Should -Exist
    }

    It 'requires -Kind for an ambiguous path' {
        $null = New-CdbStream twin
        $null = New-CdbDevice twin
        { Export-CdbItem twin -Destination "$TestDrive/twin" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*' -ExpectedMessage '*-Kind*'
        Export-CdbItem twin -Kind Device -Destination "$TestDrive/twin"
        "$TestDrive/twin/device.json" | Should -Exist
    }
}
