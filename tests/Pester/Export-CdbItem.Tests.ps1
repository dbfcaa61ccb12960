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
        $folder.PSIsContainer | Should -BeTrue
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

Describe 'Export-CdbItem with several items' {
    BeforeAll {
        $null = New-CdbDevice hall1, hall2 -Stream @{ heat = @{ schema = 'number' }; door = @{} }
        foreach ($hall in 'hall1', 'hall2') {
            $device = Connect-Cdb $store -As $hall -NoDefault
            Add-CdbDatapoint heat $hall.Length, $hall.Substring(4) -Connection $device
            Disconnect-Cdb $device
        }
    }

    It 'writes streams of one device below a folder, which Import-CdbItem reads back' {
        Get-CdbStream hall1/* | Export-CdbItem "$TestDrive/one" | Should -HaveCount 2
        (Get-ChildItem "$TestDrive/one").Name | Should -Be 'door', 'heat'
        $null = New-CdbDevice copy
        (Import-CdbItem "$TestDrive/one" -Parent copy).Path | Should -Be 'me/copy/door', 'me/copy/heat'
        (Get-CdbDatapoint copy/heat).Data | Should -Be (Get-CdbDatapoint hall1/heat).Data
    }

    It 'writes streams of several devices below the names of these, and Import-CdbItem puts them there' {
        Get-CdbStream hall?/heat | Export-CdbItem -Destination "$TestDrive/halls" | Should -HaveCount 2
        (Get-ChildItem "$TestDrive/halls" -Filter heat -Recurse).Parent.Name | Sort-Object | Should -Be 'hall1', 'hall2'
        $before = (Get-CdbDatapoint hall?/heat).Data
        Get-CdbStream hall?/heat | Remove-CdbStream -Confirm:$false
        (Import-CdbItem "$TestDrive/halls").Path | Should -Be 'me/hall1/heat', 'me/hall2/heat'
        (Get-CdbDatapoint hall?/heat).Data | Should -Be $before
    }

    It 'writes devices, users, rows of a table and paths of the pipeline' {
        Get-CdbDevice hall* | Export-CdbItem "$TestDrive/devices" | Should -HaveCount 2
        Get-CdbDevice hall* | Remove-CdbDevice -Confirm:$false
        (Import-CdbItem "$TestDrive/devices").Path | Should -Be 'me/hall1', 'me/hall2'
        Get-CdbUser | Export-CdbItem "$TestDrive/users" | Should -HaveCount 1
        'hall1/heat', 'hall2' | Export-CdbItem "$TestDrive/mixed" | ForEach-Object Name | Should -Be 'heat', 'hall2'
        Get-CdbStream hall1/* | Select-Object Path | Export-CdbItem "$TestDrive/rows" | Should -HaveCount 2
    }

    It 'adds nothing to a folder that is an export itself' {
        $null = Export-CdbItem hall1/heat "$TestDrive/single"
        { Get-CdbStream hall1/* | Export-CdbItem "$TestDrive/single" } | Should -Throw -ErrorId 'NameTaken*'
        (Get-ChildItem "$TestDrive/single" -Directory) | Should -BeNullOrEmpty
    }

    It 'refuses the name of a file, with what makes such a file: <Name>' -ForEach @(
        @{ Name = 'out.zip'; Advice = "*Compress-Archive '*out' '*out.zip'*" }
        @{ Name = 'out.csv'; Advice = '*Export-CdbCsv*' }
        @{ Name = 'out.cdb'; Advice = '*Backup-CdbStore*' }
    ) {
        { Get-CdbStream hall1/* | Export-CdbItem "$TestDrive/$name" } | Should -Throw $advice
        "$TestDrive/$name" | Should -Not -Exist
    }

    It 'says where the folder is missing, and that items come from one place' {
        { Get-CdbStream hall1/* | Export-CdbItem } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*folder is missing*'
        { Get-CdbStream hall1/* | Export-CdbItem door "$TestDrive/two" } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*The pipeline has the items*the folder alone*'
        { Export-CdbItem door "$TestDrive/two" -InputObject (Get-CdbStream hall1/*) } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-InputObject has the items*the folder alone*'
        Export-CdbItem -InputObject (Get-CdbStream hall1/*) "$TestDrive/two" | Should -HaveCount 2
    }
}
